/* Uploads with progress that go on where they stopped, one file each.

   <form data-upload action="…/files" data-refresh="#listing" data-words-…="…">
     <input type="hidden" name="form_token"> <input type="file" multiple>
     <input type="file" webkitdirectory> <button type="submit">
     <ul data-upload-list></ul> <p role="status" data-upload-status></p>
   <main data-drop-zone>                               files may be dropped anywhere on it

   Each file goes by resumable.js to the address beside the action's, …/uploads. When all are done,
   data-refresh is fetched again from its data-live-href, and `portico:uploaded` is sent to the form.
   Choosing files starts at once; the button opens the picker. */
(() => {
  "use strict";
  const AT_ONCE = 3;
  const waiting = [];
  const running = new Set();
  const lost = new Set();

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-upload]");
    if (!form || event.target.type !== "file") return;
    take(form, [...event.target.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
    event.target.value = "";
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-upload]")) return;
    event.preventDefault();
    event.target.querySelector("input[type=file]").click();
  });

  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      const zone = zoneOf(event);
      if (!zone) return;
      event.preventDefault();
      zone.classList.add("dropping");
    });
  }

  document.addEventListener("dragleave", (event) => {
    const zone = event.target.closest?.("[data-drop-zone]");
    if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("dropping");
  });

  document.addEventListener("drop", async (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("dropping");
    // The browser empties the transfer when this listener returns, so entries are taken first.
    const dropped = [...event.dataTransfer.items]
      .filter((item) => item.kind === "file")
      .map((item) => ({ entry: item.webkitGetAsEntry?.(), file: item.getAsFile() }));
    const found = await Promise.all(
      dropped.map(({ entry, file }) => (entry ? walk(entry, "") : [{ file, path: file.name }])),
    );
    take(formOf(zone), found.flat());
  });

  const formOf = (zone) => zone.querySelector("form[data-upload]") ?? document.querySelector("form[data-upload]");

  function zoneOf(event) {
    const zone = event.target.closest?.("[data-drop-zone]");
    return zone && event.dataTransfer?.types.includes("Files") && formOf(zone) ? zone : null;
  }

  async function walk(entry, folder) {
    const path = folder + entry.name;
    if (entry.isFile) {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      return [{ file, path, isUnread: !file }];
    }
    const reader = entry.createReader();
    const children = [];
    // A reader hands out a hundred entries at a time and says nothing when it is done.
    for (;;) {
      const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve(null)));
      if (!some) return [{ path, isUnread: true }];
      if (some.length === 0) break;
      children.push(...some);
    }
    if (children.length === 0) return [{ file: null, path }];
    return (await Promise.all(children.map((child) => walk(child, `${path}/`)))).flat();
  }

  function take(form, files) {
    const endpoint = form.action.replace(/files?(?=\?|$)/, "uploads");
    for (const { file, path, isUnread } of files) {
      const upload = { form, file, path, words: form.dataset };
      addRow(upload);
      if (isUnread) {
        // The browser did not hand it out, and will not when it is asked again: there is nothing to try.
        tell(upload, upload.words.wordsUnread);
        upload.button.remove();
        continue;
      }
      const told = {
        progress: (before, sent, began) => progress(upload, before, sent, began),
        waiting: () => (upload.state.textContent = upload.words.wordsLost),
        away: leave,
      };
      upload.transfer = file ? new Resumable(file, path, endpoint, told) : new EmptyFolder(form, path, told);
      waiting.push(upload);
    }
    next();
  }

  function next() {
    while (running.size < AT_ONCE && waiting.length) send(waiting.shift());
  }

  async function send(upload) {
    running.add(upload);
    const trouble = await upload.transfer.send();
    const { wordsLost, wordsCancelled, wordsFailed } = upload.words;
    const known = { lost: wordsLost, cancelled: wordsCancelled, "": wordsFailed };
    finish(upload, known[trouble] ?? trouble);
  }

  /* A dropped folder in which nothing lies: no file brings it along. */
  class EmptyFolder {
    constructor(form, path, told) {
      Object.assign(this, { form, path, told });
    }

    async send() {
      this.request = new AbortController();
      const { signal } = this.request;
      const body = new FormData();
      body.append("form_token", this.form.elements.form_token.value);
      body.append("empty-folder", this.path);
      const headers = { "HX-Request": "true", "HX-Current-URL": location.href, Accept: "application/json, text/html" };
      try {
        const reply = await fetch(this.form.action, { method: "POST", headers, body, signal });
        const away = reply.headers.get("HX-Redirect");
        if (away) return new Promise(() => this.told.away(away));
        if (reply.ok) return null;
        return (await reply.json()).message ?? "";
      } catch {
        return signal.aborted ? "cancelled" : "lost";
      }
    }

    stop() {
      this.request.abort();
    }
  }

  /* The whole page goes to sign-in; what is not sent is not worth a question. */
  function leave(address) {
    running.clear();
    waiting.length = 0;
    location.assign(address);
  }

  function finish(upload, trouble) {
    running.delete(upload);
    tell(upload, trouble);
    if (trouble === null) upload.button.remove();
    else upload.button.textContent = upload.words.wordsRetry;
    upload.failed = trouble !== null;
    if (trouble === upload.words.wordsLost) lost.add(upload);
    next();
    if (running.size === 0 && waiting.length === 0) settle(upload.form);
  }

  function tell(upload, trouble) {
    upload.row.classList.toggle("upload-failed", trouble !== null);
    upload.row.classList.toggle("upload-done", trouble === null);
    upload.state.textContent = trouble ?? upload.words.wordsDone;
    if (trouble !== null) say(upload.form, `${upload.path}: ${trouble}`);
  }

  function settle(form) {
    if (!form.querySelector(".upload-failed")) say(form, form.dataset.wordsAllDone);
    // The listing shows them now; rows that failed stay, with their button.
    setTimeout(() => form.querySelectorAll(".upload-done").forEach((row) => row.remove()), 2_000);
    const listing = form.dataset.refresh && document.querySelector(form.dataset.refresh);
    if (listing?.dataset.liveHref) {
      const where = { source: listing, target: listing, swap: "outerMorph" };
      needHtmx().then((htmx) => htmx.ajax("GET", listing.dataset.liveHref, where));
    }
    form.dispatchEvent(new CustomEvent("portico:uploaded", { bubbles: true }));
  }

  function say(form, words) {
    form.querySelector("[data-upload-status]").textContent = words;
  }

  function addRow(upload) {
    const row = element("li", "upload-row");
    upload.row = row;
    upload.state = element("span", "upload-state", upload.words.wordsWaiting);
    upload.bar = Object.assign(element("progress"), { max: 1, value: 0 });
    upload.bar.setAttribute("aria-label", upload.path);
    upload.button = element("button", "button button-quiet button-small", upload.words.wordsCancel);
    upload.button.type = "button";
    upload.button.setAttribute("aria-description", upload.path);
    upload.button.onclick = () => (upload.failed ? again(upload) : stop(upload));
    row.append(element("span", "upload-name", upload.path), upload.state, upload.button, upload.bar);
    upload.form.querySelector("[data-upload-list]").append(row);
  }

  function stop(upload) {
    if (running.has(upload)) return upload.transfer.stop();
    waiting.splice(waiting.indexOf(upload), 1);
    finish(upload, upload.words.wordsCancelled);
  }

  function again(upload) {
    upload.failed = false;
    lost.delete(upload);
    upload.row.classList.remove("upload-failed");
    upload.bar.value = 0;
    upload.state.textContent = upload.words.wordsWaiting;
    upload.button.textContent = upload.words.wordsCancel;
    waiting.push(upload);
    next();
  }

  // Back online: what the connection lost starts again by itself.
  addEventListener("online", () => lost.forEach(again));

  function progress(upload, before, sent, began) {
    const total = upload.file.size;
    const done = before + sent;
    upload.bar.value = done / total;
    const seconds = (performance.now() - began) / 1000;
    const pace = seconds > 0 ? sent / seconds : 0;
    const share = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(upload.bar.value);
    if (done >= total) upload.state.textContent = upload.words.wordsSaving;
    else if (seconds < 1 || !pace) upload.state.textContent = share;
    else upload.state.textContent = `${share} · ${speed(pace)} · ${time((total - done) / pace)} ${upload.words.wordsLeft}`;
  }

  const amount = (value, unit) =>
    new Intl.NumberFormat(document.documentElement.lang, {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value);
  const speed = (bytes) =>
    bytes < 1e6 ? amount(bytes / 1e3, "kilobyte-per-second") : amount(bytes / 1e6, "megabyte-per-second");
  const time = (seconds) => (seconds < 60 ? amount(Math.ceil(seconds), "second") : amount(Math.ceil(seconds / 60), "minute"));

  addEventListener("beforeunload", (event) => {
    if (running.size || waiting.length) event.preventDefault();
  });

  function element(name, className = "", text = "") {
    return Object.assign(document.createElement(name), { className, textContent: text });
  }
})();
