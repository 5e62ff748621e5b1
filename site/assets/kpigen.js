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

// What is marked data-filter gets a box above it, and a table a list for each heading marked data-choose. What does not
// match is not shown. Without this script everything stands there.

{
  const plain = (text) => text.trim().toLowerCase();

  const field = (label, input) => {
    const said = document.createElement("label");
    said.append(label, " ", input);
    return said;
  };

  const box = () => {
    const input = document.createElement("input");
    input.type = "search";
    input.autocomplete = "off";
    return input;
  };

  const list = (rows, column, all) => {
    const select = document.createElement("select");
    const values = [...new Set(rows.map((row) => row.cells[column].textContent.trim()))];
    select.append(new Option(all, ""), ...values.map((value) => new Option(value, value)));
    return values.length > 1 ? select : null;
  };

  const above = (place, fields) => {
    const form = document.createElement("div");
    form.className = "k-filter";
    const shown = document.createElement("span");
    shown.setAttribute("role", "status");
    form.append(...fields, shown);
    place.before(form);
    return { form, shown };
  };

  const filterTable = (table) => {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 8) return;
    const input = box();
    const lists = [...table.tHead.rows[0].cells]
      .filter((heading) => "choose" in heading.dataset)
      .map((heading) => ({ column: heading.cellIndex, label: heading.textContent.trim() }))
      .map((each) => ({ ...each, select: list(rows, each.column, table.dataset.all) }))
      .filter((each) => each.select);
    const fields = [field(table.dataset.filter, input), ...lists.map((each) => field(each.label, each.select))];
    const { form, shown } = above(table.closest(".k-scroll") ?? table, fields);
    const names = rows.map((row) => plain(row.querySelector("th").textContent));
    form.addEventListener("input", () => {
      const wanted = plain(input.value);
      let count = 0;
      rows.forEach((row, place) => {
        const fits = (each) => !each.select.value || row.cells[each.column].textContent.trim() === each.select.value;
        row.hidden = !names[place].includes(wanted) || !lists.every(fits);
        count += row.hidden ? 0 : 1;
      });
      shown.textContent = table.dataset.shown.replace("{shown}", count).replace("{all}", rows.length);
    });
  };

  const filterPeople = (block) => {
    const people = [...block.querySelectorAll(".k-people li")];
    if (people.length < 8) return;
    const input = box();
    const { form, shown } = above(block, [field(block.dataset.filter, input)]);
    form.addEventListener("input", () => {
      const wanted = plain(input.value);
      for (const one of people) one.hidden = !plain(one.textContent).includes(wanted);
      for (const team of block.querySelectorAll("section")) team.hidden = !team.querySelector("li:not([hidden])");
      const count = people.filter((one) => !one.hidden).length;
      shown.textContent = block.dataset.shown.replace("{shown}", count).replace("{all}", people.length);
    });
  };

  for (const each of document.querySelectorAll("[data-filter]")) {
    if (each.tBodies) filterTable(each);
    else filterPeople(each);
  }
}
