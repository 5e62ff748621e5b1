// Opens a sealed piece of a page, as kpigen/publishing/sealing.py makes it: PBKDF2 gives a key of the passphrase, AES key
// wrap the key of the content, AES-256-GCM the content. Nothing is sent, and nothing is stored. What comes out was made
// by the same templates as the rest of the page: that nobody else made it is what GCM proves.

{
  const form = document.querySelector("form.k-seal");
  const section = form.closest("section");
  const field = form.querySelector("input");
  const button = form.querySelector("button");
  const said = section.querySelector("[role=alert]");
  const { department, agent, page, iterations, keys, content, opening, wrong, damaged, unable } = form.dataset;
  const subtle = globalThis.crypto?.subtle;
  const encoder = new TextEncoder();

  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

  // As it was made, whatever the keyboard made of it: full-width, small, with spaces, O for 0, I or L for 1.
  const canonical = (typed) =>
    typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

  const contentKey = async (passphrase, salt, wrapped) => {
    const known = await subtle.importKey("raw", encoder.encode(passphrase), "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: Number(iterations) };
    const key = await subtle.deriveKey(how, known, { name: "AES-KW", length: 256 }, false, ["unwrapKey"]);
    return subtle.unwrapKey("raw", bytes(wrapped), key, "AES-KW", "AES-GCM", false, ["decrypt"]);
  };

  const decrypted = async (key) => {
    const sealed = bytes(content);
    const bound = encoder.encode(["kpigen/seal/v1", department, agent, page].join("\n"));
    const how = { name: "AES-GCM", iv: sealed.subarray(0, 12), additionalData: bound };
    const filled = await subtle.decrypt(how, key, sealed.subarray(12));
    const packed = new Uint8Array(filled, 4, new DataView(filled).getUint32(0));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  };

  const show = (html) => {
    const opened = document.createElement("div");
    opened.innerHTML = html;
    section.replaceWith(opened);
    const heading = opened.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
    // A browser may keep the page as it is left, and show it to whoever goes back.
    addEventListener("pagehide", () => opened.replaceWith(section), { once: true });
  };

  const open = async () => {
    const passphrase = canonical(field.value);
    let key;
    try {
      key = await Promise.any(keys.split(" ").map((each) => contentKey(passphrase, ...each.split("."))));
    } catch {
      return wrong;
    }
    try {
      show(await decrypted(key));
    } catch {
      return damaged;
    }
    field.value = "";
    return "";
  };

  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const label = button.textContent;
    button.textContent = opening;
    said.textContent = "";
    said.textContent = await open();
    button.textContent = label;
    busy = false;
    if (said.textContent) field.focus();
  });

  if (subtle && "DecompressionStream" in globalThis) form.hidden = false;
  else said.textContent = unable;
}
