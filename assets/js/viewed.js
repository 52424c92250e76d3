/* Tells the server that a page was opened, once and silently, since a GET changes nothing.

   <form hidden method="post" action="…" data-viewed>  */
document.querySelectorAll("form[data-viewed]").forEach((form) => {
  const headers = { "HX-Request": "true" };
  fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)) }).catch(() => {});
});
