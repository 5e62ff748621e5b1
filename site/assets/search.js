// The search page: KPIGEN_INDEX (search/index.js) is looked through as it is, without an index of words: a thousand sections
// and ten thousand names take a few milliseconds. Whatever the index says is put on the page as text, never as HTML.

{
  const page = document.getElementById("k-search");
  const field = document.getElementById("k-query");
  const status = document.getElementById("k-found");
  const list = document.getElementById("k-results");
  const { pages, sections, places, months, teams, people } = KPIGEN_INDEX;

  const SHOWN = 20;
  const AROUND = 70; // characters of a text that are shown
  // What a page is decides between two that fit as well: a policy that is in force stands before one that nobody uses.
  const WEIGHT = { guide: 1.3, glossary: 0.9, reference: 0.5, policy: 1.25, version: 0.7, unused: 0.5, other: 0.5, place: 1.1 };
  // Words of a question that say nothing about what is asked.
  const ASKED = /怎么样|怎么|怎样|如何|多少|什么|为何|哪里|哪儿|请问|可以|我的|我|的|吗|呢|？/g;
  const SMALL = new Set(
    "a an and are be by can do does for from has have how i if in is it me my of on or the to what when where which who why with".split(" "),
  );

  // As long as what it is made of, so that a place in it is the same place there.
  const fold = (text) => {
    const half = text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll("　", " ");
    const lower = half.toLowerCase();
    return lower.length === half.length ? lower : half;
  };

  // What is sought, with its weight; with `more` it only adds to what is found by the others.
  // A number is met as a number, a Chinese term anywhere, an English one at the beginning of a word, whatever its ending.
  const term = (text, weight = 1) => {
    if (/^\p{Script=Han}/u.test(text)) return { text, weight };
    if (/^[\d.:-]+$/.test(text)) return { text, weight, begins: true, ends: true };
    const stem = text.replace(/(?:ions?|ing|ed|es|s)$/, "");
    return { text: stem.length > 3 ? stem : text, weight, begins: true };
  };

  const terms = (query) => {
    const found = [];
    const words = query.match(/[a-z0-9]+(?:[.:'’_-][a-z0-9]+)*/g) ?? [];
    const telling = words.filter((word) => !SMALL.has(word));
    for (const word of telling.length ? telling : words) found.push(term(word));
    const asked = query.replace(ASKED, " ").match(/\p{Script=Han}+/gu) ?? [];
    for (const run of asked.length ? asked : (query.match(/\p{Script=Han}+/gu) ?? [])) {
      const signs = [...run];
      if (signs.length === 1) found.push(term(run, found.length ? 0.3 : 1));
      for (let at = 0; at + 1 < signs.length; at += 1) found.push(term(signs[at] + signs[at + 1]));
      if (signs.length > 2) found.push({ ...term(run), more: true });
      if (signs.length > 1) found.push(...signs.map((sign) => ({ ...term(sign, 0.25), more: true })));
    }
    return [...new Map(found.map((one) => [one.text, one])).values()];
  };

  const LETTER = /[a-z0-9]/;

  const next = (text, { text: sought, begins, ends }, from) => {
    for (let at = text.indexOf(sought, from); at >= 0; at = text.indexOf(sought, at + 1)) {
      if (begins && at > 0 && LETTER.test(text[at - 1])) continue;
      if (ends && LETTER.test(text[at + sought.length] ?? "")) continue;
      return at;
    }
    return -1;
  };

  const count = (text, sought) => {
    let times = 0;
    for (let at = next(text, sought, 0); at >= 0 && times < 9; at = next(text, sought, at + sought.text.length)) times += 1;
    return times;
  };

  const address = ([path, anchor]) => path + (anchor && anchor !== "top" ? `#${anchor}` : "");

  // Whatever is read: sections of written pages, and pages that have no more than their name.
  const read = [
    ...sections.map(([number, anchor, title, text]) => {
      const [path, of, kind] = pages[number];
      return { kind, title, of: of === title ? "" : of, text, href: address([path, anchor]) };
    }),
    ...places.map(([path, title, of]) => ({ kind: "place", title, of, text: "", href: path })),
    ...months.map(([path, month, name, of]) => ({ kind: "month", title: name, of, text: "", href: path, month })),
  ].map((one) => ({ ...one, folded: { title: fold(one.title), of: fold(one.of), text: fold(one.text) } }));

  const called = people.map(([id, name, team, other]) => ({ id, name, team, other, folded: [fold(id), fold(name), fold(other ?? "")] }));

  // How well a person is named: by the whole number or name, by a part of the name, by the beginning; 0 if not at all.
  const named = ([id, name, other], query, number) => {
    if (id === query || name === query || other === query) return 4;
    if (number && id.replace(/^[a-z]+0*/, "") === number) return 3;
    if (!query || (query.length === 1 && !/\p{Script=Han}/u.test(query))) return 0;
    for (const one of [name, other]) {
      if (!one) continue;
      if (/^\p{Script=Han}/u.test(query) && (one.startsWith(query) || one.endsWith(query))) return 2;
      const words = one.split(/[\s·.-]+/);
      if (words.includes(query)) return 2;
      if (/^[a-z]/.test(query) && words.some((word) => word.startsWith(query))) return 1;
    }
    return query.length > 2 && id.startsWith(query) ? 1 : 0;
  };

  const persons = (query) => {
    const number = /^\d+$/.test(query) ? query.replace(/^0+/, "") : "";
    const ids = new Set(query.match(/(?<![a-z0-9])[a-z]\d{3,6}(?![a-z0-9])/g) ?? []);
    const found = [];
    for (const { id, name, team, folded } of called) {
      const how = ids.has(folded[0]) ? 4 : named(folded, query, number);
      if (!how) continue;
      const [of, department] = teams[team];
      const shown = { kind: "person", title: name === id ? id : `${name} ${id}`, of: `${of} · ${department}`, text: "" };
      found.push({ ...shown, href: `agents/${id}.html`, score: how > 1 ? 1000 * how : 0.01 });
    }
    return found;
  };

  const month = (query) => {
    const whole = query.match(/(20\d\d)\s*[-年/.]?\s*(\d{1,2})\s*月?/);
    if (whole) return `${whole[1]}-${whole[2].padStart(2, "0")}`;
    const alone = query.match(/^(\d{1,2})\s*月份?$/);
    const wanted = alone && `-${alone[1].padStart(2, "0")}`;
    return wanted && months.map(([, each]) => each).find((each) => each.endsWith(wanted));
  };

  // What is asked about, without the words of a question.
  const bare = (text) => text.replace(ASKED, "").replace(/[\s?？，。]+/g, "");

  // Of a page that has many sections to offer, the later ones make room for other pages: a rule may stand in several policies.
  const varied = (found) => {
    const before = new Map();
    for (const one of found.sort((first, second) => second.score - first.score)) {
      const [path] = one.href.split("#");
      const times = before.get(path) ?? 0;
      one.score *= 0.8 ** times;
      before.set(path, times + 1);
    }
    return found;
  };

  const texts = (query) => {
    const sought = terms(query);
    if (!sought.length) return [];
    const wanted = month(query);
    const met = sought.map(() => 0);
    const hits = read.map((one) => {
      const { title, of, text } = one.folded;
      const counts = sought.map((each) => [count(title, each), count(of, each), count(text, each)]);
      counts.forEach((each, place) => (met[place] += each[0] + each[1] + each[2] > 0 ? 1 : 0));
      return { one, counts };
    });
    // A term that stands nowhere is no term: of a Chinese question, the seam between two words.
    const rare = sought.map(({ weight }, place) => (met[place] ? weight * Math.log(1 + read.length / (met[place] + 24)) : 0));
    const most = rare.reduce((sum, each, place) => (sought[place].more ? sum : sum + each), 0);
    if (!most) return [];
    const core = bare(query);
    const found = [];
    for (const { one, counts } of hits) {
      let score = 0;
      let covered = 0;
      counts.forEach(([title, of, text], place) => {
        if (!title && !of && !text) return;
        if (!sought[place].more) covered += rare[place];
        const long = 0.4 + Math.min(one.text.length, 1200) / 1200;
        score += rare[place] * ((title ? 3 : 0) + (of ? 1 : 0) + (2 * text) / (text + long));
      });
      if (one.month && one.month === wanted) (score += 900), (covered = most);
      if (!score || covered < most * 0.3) continue;
      const plain = bare(one.folded.title);
      if (plain === core) score += 6 * most;
      else if (core.length > 1 && plain.includes(core)) score += 2 * most * (core.length / plain.length);
      found.push({ ...one, score: score * (covered / most) ** 2 * (WEIGHT[one.kind] ?? 1) });
    }
    return varied(found);
  };

  // The places of the terms in a text, in order and none within another.
  const places_of = (text, sought) => {
    const folded = fold(text);
    const found = [];
    for (const each of sought) {
      for (let at = next(folded, each, 0); at >= 0; at = next(folded, each, at + each.text.length)) {
        found.push([at, at + each.text.length]);
      }
    }
    found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    const joined = [];
    for (const [from, to] of found) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    return joined;
  };

  const marked = (element, text, sought) => {
    let shown = 0;
    for (const [from, to] of places_of(text, sought)) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      element.append(text.slice(shown, from), mark);
      shown = to;
    }
    element.append(text.slice(shown));
    return element;
  };

  // The stretch of a text in which most of what was sought stands.
  const stretch = (text, sought) => {
    if (text.length <= 2 * AROUND) return text;
    const all = places_of(text, sought);
    const near = (at) => all.filter(([from]) => from >= at && from < at + AROUND).reduce((sum, [from, to]) => sum + to - from, 0);
    const best = all.reduce((found, [at]) => (near(at) > near(found) ? at : found), all[0]?.[0] ?? 0);
    let from = Math.max(0, Math.min(best - AROUND / 2, text.length - 2 * AROUND));
    const space = text.lastIndexOf(" ", from);
    if (from && space > from - 15) from = space + 1;
    return (from ? "…" : "") + text.slice(from, from + 2 * AROUND) + (from + 2 * AROUND < text.length ? "…" : "");
  };

  const element = (name, kind, ...within) => {
    const made = document.createElement(name);
    made.className = kind;
    made.append(...within);
    return made;
  };

  const item = (one, sought) => {
    const link = element("a", "k-result");
    link.href = one.href;
    link.append(marked(element("span", "k-result__title"), one.title, sought));
    const kind = page.dataset[one.kind];
    link.append(element("span", "k-result__of", [kind, one.of].filter(Boolean).join(" · ")));
    if (one.text) link.append(marked(element("span", "k-result__text"), stretch(one.text, sought), sought));
    return element("li", "", link);
  };

  const said = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const show = () => {
    const query = fold(field.value.normalize("NFC")).trim().replace(/\s+/g, " ");
    const found = query ? [...persons(query), ...texts(query)].sort((one, other) => other.score - one.score) : [];
    const sought = terms(query).filter((each, _, all) => !each.more || each.text.length > 1);
    list.replaceChildren(...found.slice(0, SHOWN).map((one) => item(one, sought)));
    const { none, one, many, more } = page.dataset;
    const template = found.length > SHOWN ? more : found.length > 1 ? many : found.length ? one : none;
    status.textContent = query ? said(template, { count: found.length, shown: SHOWN, query: field.value.trim() }) : "";
    page.dataset.ready = field.value;
    keep();
  };

  // The address holds what is sought, and so does the link to the other language. A browser may refuse that in a folder.
  const keep = () => {
    const query = field.value.trim();
    const asked = query ? `?q=${encodeURIComponent(query)}` : "";
    const other = document.querySelector("a.k-language");
    if (other) other.href = other.href.split("?")[0] + asked;
    if (location.protocol !== "file:") history.replaceState(null, "", location.pathname + asked);
  };

  const links = () => [...list.querySelectorAll("a")];

  page.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    const stops = [field, ...links()];
    const at = stops.indexOf(document.activeElement);
    if (at < 0 || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  });

  page.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    links()[0]?.focus();
  });

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  });

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  show();
  if (!list.children.length) field.focus({ preventScroll: true });
}
