/* Links that open as a dialog.

   <a href="/staff/portals/7/share" data-dialog>       fetched into the dialog; a page without script
   <dialog id="overlay">                               one per page, from the shell
   <section id="dialog-content" data-dialog-back="…">  what the address answers, see dialog.rs
   <a data-dialog-close href="…">                      closes; leads back where there is no dialog

   The server recognizes the request by `HX-Target: dialog#overlay`. A form inside replaces
   #dialog-content; when it is done, the reply carries `HX-Trigger: dialog:close`. */
(() => {
  "use strict";
  const overlay = document.getElementById("overlay");
  if (!overlay) return;
  let opener = null;
  const FIRST = "[autofocus], [aria-invalid=true], input:not([type=hidden]), textarea, select";

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });

  async function open(link) {
    opener = link;
    link.closest("details.menu")?.removeAttribute("open");
    // htmx writes HX-Target from the link's own attributes, before it knows this target.
    const headers = { "HX-Target": "dialog#overlay" };
    const htmx = await needHtmx().catch(() => null);
    if (!htmx) return location.assign(link.href);
    await htmx.ajax("GET", link.href, { source: link, target: overlay, swap: "innerHTML", headers });
    if (!overlay.querySelector("#dialog-content")) return;
    if (!overlay.open) overlay.showModal();
    (overlay.querySelector(FIRST) ?? overlay.querySelector("h1")).focus();
  }

  overlay.addEventListener("click", (event) => {
    const pressedClose = event.target.closest("[data-dialog-close]");
    const pressedBehind = event.target === overlay && outside(event) && !typedInto();
    if (pressedClose) event.preventDefault();
    if (pressedClose || pressedBehind) overlay.close();
  });

  // What was fetched is stale the next time, and its ids would be in the way.
  overlay.addEventListener("close", () => {
    overlay.replaceChildren();
    if (document.activeElement === document.body) returnFocus();
  });

  // The browser cannot when what opened the dialog was replaced meanwhile or lies in a closed menu.
  function returnFocus() {
    const same = `a[data-dialog][href="${CSS.escape(opener.getAttribute("href"))}"]`;
    const link = opener.isConnected ? opener : document.querySelector(same);
    const menu = link?.closest("details.menu:not([open])");
    (menu?.querySelector("summary") ?? link)?.focus();
  }

  document.addEventListener("dialog:close", () => {
    if (overlay.open) return overlay.close();
    const back = document.querySelector("#dialog-content")?.dataset.dialogBack;
    if (back) location.assign(back);
  });

  function outside({ clientX, clientY }) {
    const { left, right, top, bottom } = overlay.getBoundingClientRect();
    return clientX < left || clientX > right || clientY < top || clientY > bottom;
  }

  // A slip of the finger must not throw away what was written.
  function typedInto() {
    return [...overlay.querySelectorAll("input:not([type=hidden]), textarea")].some((field) =>
      field.type === "checkbox" || field.type === "radio"
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue,
    );
  }
})();
