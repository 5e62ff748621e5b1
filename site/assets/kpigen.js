// Tables marked data-sortable sort by a heading. Without this script they stand in the order they were written in.
// In a block of its own: the theme's script shares the page's top level, and a module would not load from a folder.

{
  const key = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const number = Number(text.replaceAll(",", "").replace("−", "-"));
    return text === "–" ? { missing: true } : Number.isNaN(number) ? { text } : { number };
  };

  const compare = (one, other) => {
    if (one.missing || other.missing) return (one.missing ? 1 : 0) - (other.missing ? 1 : 0);
    if ("number" in one && "number" in other) return one.number - other.number;
    return String(one.text ?? one.number).localeCompare(String(other.text ?? other.number), document.documentElement.lang);
  };

  const sort = (table, heading) => {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, key: key(row, heading.cellIndex) }));
    rows.sort((one, other) => {
      const order = compare(one.key, other.key);
      return down && !one.key.missing && !other.key.missing ? -order : order;
    });
    body.append(...rows.map(({ row }) => row));
  };

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "k-sort";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading));
      heading.append(button);
    }
  }
}
