/* Tells the server that a page was opened, once and silently, since a GET changes nothing. A page that a browser makes
   ahead is not opened before somebody goes there.

   <form hidden method="post" action="…" data-viewed>  */
(() => {
  "use strict";
  const tell = () =>
    document.querySelectorAll("form[data-viewed]").forEach((form) => {
      const headers = { "HX-Request": "true" };
      fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)) }).catch(() => {});
    });
  if (document.prerendering) document.addEventListener("prerenderingchange", tell, { once: true });
  else tell();
})();
