/* One file on its way by the tus protocol 1.0, for upload.js:

   const transfer = new Resumable(file, path, endpoint,
     { progress(before, sent, began), waiting(), away(address) });
   await transfer.send()    null when it arrived; else "lost", "cancelled", or the server's sentence,
                            which is empty when it has none
   transfer.stop()          cancels: the server forgets what came

   A session that ended tells `away`, once, and nothing after it.
   A lost connection is tried again a few times. The address is kept in localStorage, so that the same
   file goes on when it is chosen again after a reload. */
(() => {
  "use strict";
  /* What is smaller comes along with the first request. */
  const SMALL = 1 << 20;
  const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
  /* A connection that broke, a server that starts again, an upload that another request still holds. */
  const PASSING = [0, 409, 423, 502, 503, 504];

  window.Resumable = class {
    constructor(file, path, endpoint, told) {
      Object.assign(this, { file, path, endpoint, told, offset: 0, href: null, stopped: false });
      this.key = `upload ${endpoint} ${path} ${file.size} ${file.lastModified}`;
    }

    async send() {
      this.stopped = false;
      for (let tries = 0; ; tries++) {
        const before = this.offset;
        const trouble = await this.#attempt();
        if (this.stopped) return "cancelled";
        if (trouble !== "lost") return trouble;
        if (this.offset > before) tries = 0;
        if (tries === PAUSES.length) return trouble;
        this.told.waiting();
        await new Promise((resolve) => {
          this.wake = resolve;
          setTimeout(resolve, PAUSES[tries]);
        });
        if (this.stopped) return "cancelled";
      }
    }

    stop() {
      const { href } = this;
      this.stopped = true;
      this.#forget();
      this.request?.abort();
      if (href) this.#ask("DELETE", href);
      this.wake?.();
    }

    /* From wherever the server stands to the end. */
    async #attempt() {
      this.href ??= localStorage.getItem(this.key);
      if (this.href) {
        const reply = await this.#ask("HEAD", this.href);
        if (reply.status === 404 || reply.status === 410) this.#forget();
        else if (reply.status !== 200) return trouble(reply);
        else this.offset = Number(reply.getResponseHeader("Upload-Offset"));
      }
      if (!this.href) {
        const path = btoa(String.fromCharCode(...new TextEncoder().encode(this.path)));
        const headers = { "Upload-Length": this.file.size, "Upload-Metadata": `relativePath ${path}` };
        const first = this.file.size > 0 && this.file.size < SMALL ? this.file : null;
        if (first) headers["Content-Type"] = "application/offset+octet-stream";
        this.offset = 0;
        const reply = await this.#ask("POST", this.endpoint, headers, first);
        if (reply.status !== 201) return trouble(reply);
        this.offset = Number(reply.getResponseHeader("Upload-Offset"));
        this.href = reply.getResponseHeader("Location");
        localStorage.setItem(this.key, this.href);
      }
      if (this.offset < this.file.size) {
        const headers = { "Upload-Offset": this.offset, "Content-Type": "application/offset+octet-stream" };
        const reply = await this.#ask("PATCH", this.href, headers, this.file.slice(this.offset));
        if (reply.status !== 204) return trouble(reply);
      }
      this.#forget();
      return null;
    }

    #forget() {
      this.href = null;
      localStorage.removeItem(this.key);
    }

    /* By XMLHttpRequest, since fetch does not tell how much was sent. */
    #ask(method, href, headers = {}, body = null) {
      const request = new XMLHttpRequest();
      const began = performance.now();
      this.request = request;
      if (body) request.upload.onprogress = ({ loaded }) => this.told.progress(this.offset, loaded, began);
      request.open(method, href);
      const always = {
        "Tus-Resumable": "1.0.0",
        "HX-Request": "true",
        "HX-Current-URL": location.href,
        Accept: "application/json, text/html",
      };
      for (const [name, value] of Object.entries({ ...always, ...headers })) request.setRequestHeader(name, value);
      return new Promise((resolve) => {
        request.onloadend = () => {
          const away = request.getResponseHeader("HX-Redirect");
          if (away) this.told.away(away);
          else resolve(request);
        };
        request.send(body);
      });
    }
  };

  function trouble(request) {
    if (PASSING.includes(request.status)) return "lost";
    try {
      return JSON.parse(request.responseText).message ?? "";
    } catch {
      return "";
    }
  }
})();
