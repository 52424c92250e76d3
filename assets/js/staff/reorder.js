/* Lists that a person puts in order.

   <ul data-reorder data-reorder-href="/…/order" data-reorder-token="…"
       data-reorder-lifted|moved|dropped|into|cancelled="words">
     <li data-reorder-key="7"> <button data-reorder-handle> … </li>

   Dragging a handle moves its row; on the keyboard Space lifts and drops, the arrows move, Escape
   cancels. A drop posts form_token and one `order` per row; a refusal puts the rows back. Without
   script each row has two buttons instead.

   A row with [data-drop-into] takes others in: when a row is dropped on its middle, or when the right
   arrow aims at the nearest one, #drop-into is sent with the row's key as `folder` and an `item` for
   the lifted row, or for all ticked ones if it is among them. */
(() => {
  "use strict";
  /** @type {?{row: Element, list: Element, before: Element[], into: ?Element}} */
  let lifted = null;
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  const rows = (list) => [...list.querySelectorAll(":scope > [data-reorder-key]")];
  const place = (row) => rows(row.parentElement).indexOf(row) + 1;

  function lift(handle) {
    const row = handle.closest("[data-reorder-key]");
    const list = row.closest("[data-reorder]");
    lifted = { row, list, before: rows(list), into: null };
    row.classList.add("row-lifted");
    handle.setAttribute("aria-pressed", "true");
    voice.textContent = list.dataset.reorderLifted;
  }

  function land() {
    const { row, list, before, into } = lifted;
    aim(null);
    row.classList.remove("row-lifted");
    row.querySelector("[data-reorder-handle]").removeAttribute("aria-pressed");
    document.body.classList.remove("reordering");
    lifted = null;
    return { row, list, before, into };
  }

  function drop() {
    const { row, list, before, into } = land();
    if (into) {
      list.append(...before);
      return putInto(into, row);
    }
    voice.textContent = `${list.dataset.reorderDropped} ${place(row)}`;
    if (rows(list).some((each, index) => each !== before[index])) save(list, before);
  }

  function cancel() {
    const { list, before } = land();
    list.append(...before);
    voice.textContent = list.dataset.reorderCancelled;
  }

  /* Marks the row that will take the lifted one in. */
  function aim(row) {
    lifted.into?.classList.remove("row-aimed-at");
    row?.classList.add("row-aimed-at");
    if (row && row !== lifted.into) {
      voice.textContent = `${lifted.list.dataset.reorderInto} ${row.querySelector(".row-name").textContent}`;
    }
    lifted.into = row;
  }

  const takesIn = (row) => row !== lifted.row && row.querySelector("[data-drop-into]") !== null;

  function putInto(folder, row) {
    const form = document.getElementById("drop-into");
    const ticked = [...form.parentElement.querySelectorAll("input[name=item]:checked")].map((box) => box.value);
    const key = row.dataset.reorderKey;
    form.elements.folder.value = folder.dataset.reorderKey;
    for (const item of ticked.includes(key) ? ticked : [key]) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "item", value: item }));
    }
    form.requestSubmit();
  }

  async function save(list, before) {
    const order = new URLSearchParams({ form_token: list.dataset.reorderToken });
    for (const row of rows(list)) order.append("order", row.dataset.reorderKey);
    const reply = await fetch(list.dataset.reorderHref, {
      method: "POST",
      body: order,
      headers: { "HX-Request": "true", "HX-Current-URL": location.href },
    }).catch(() => null);
    const away = reply?.headers.get("HX-Redirect");
    if (away) return location.assign(away);
    if (reply?.ok) return;
    list.append(...before);
    const { wordsFailed, wordsLost } = document.body.dataset;
    document.dispatchEvent(new CustomEvent("portico:toast", { detail: reply ? wordsFailed : wordsLost }));
  }

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-reorder-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    if (lifted) return drop();
    lift(handle);
    document.body.classList.add("reordering");
    // On the document: the handle moves with its row, and a moved element loses its capture.
    document.addEventListener("pointermove", follow);
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, () => {
        document.removeEventListener("pointermove", follow);
        if (lifted) end === "pointerup" ? drop() : cancel();
      }, { once: true });
    }
  });

  function follow(event) {
    if (!lifted) return;
    const { row, list } = lifted;
    const under = rows(list).find((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return each !== row && event.clientY >= top && event.clientY <= bottom;
    });
    if (!under) return;
    const { top, height } = under.getBoundingClientRect();
    const within = (event.clientY - top) / height;
    aim(takesIn(under) && within > 0.25 && within < 0.75 ? under : null);
    if (lifted.into) return;
    const upper = event.clientY < top + height / 2;
    const next = upper ? under : under.nextElementSibling;
    if (next !== row && next !== row.nextElementSibling) list.insertBefore(row, next);
  }

  document.addEventListener("keydown", (event) => {
    const handle = event.target.closest?.("[data-reorder-handle]");
    if (!handle) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === " " || event.key === "Enter") lifted ? drop() : lift(handle);
    else if (!lifted) return;
    else if (event.key === "Escape") cancel();
    else if (event.key === "Tab") return drop();
    else if (step) move(step);
    else if (event.key === "ArrowRight") aim(nearest());
    else if (event.key === "ArrowLeft") aim(null);
    else return;
    event.preventDefault();
    handle.focus();
  });

  /* The folder above, or else the one below. */
  function nearest() {
    const all = rows(lifted.list);
    const here = all.indexOf(lifted.row);
    return all.slice(0, here).findLast(takesIn) ?? all.slice(here).find(takesIn) ?? null;
  }

  function move(step) {
    const { row, list } = lifted;
    aim(null);
    const neighbour = rows(list)[place(row) - 1 + step];
    if (!neighbour) return;
    list.insertBefore(row, step < 0 ? neighbour : neighbour.nextElementSibling);
    voice.textContent = `${list.dataset.reorderMoved} ${place(row)}`;
  }
})();
