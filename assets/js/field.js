/* Showing a typed password.

   <button type="button" data-reveal="id" aria-label="Show password"
           data-show="Show" data-hide="Hide" data-show-name="Show password" data-hide-name="Hide password">

   It goes back to hidden before the form is sent, so that no browser keeps it as ordinary text. */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reveal]");
    if (!button) return;
    const field = document.getElementById(button.dataset.reveal);
    show(button, field, field.type === "password");
    field.focus();
  });

  document.addEventListener("submit", (event) => {
    for (const button of event.target.querySelectorAll("[data-reveal]")) {
      show(button, document.getElementById(button.dataset.reveal), false);
    }
  });

  function show(button, field, visible) {
    field.type = visible ? "text" : "password";
    const { show, hide, showName, hideName } = button.dataset;
    button.textContent = visible ? hide : show;
    button.setAttribute("aria-label", visible ? hideName : showName);
  }
})();
