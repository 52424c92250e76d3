/* A list of people that gets shorter while somebody types.

   <div class="room-people"><input type="search" data-narrows> … <label class="person-choice">    those whose words
                                        hold what is typed stay; whoever is ticked stays, too  */
(() => {
  "use strict";
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-narrows]")) return;
    const words = target.value.trim().toLowerCase();
    for (const choice of target.closest(".room-people").querySelectorAll(".person-choice")) {
      const isTicked = choice.querySelector("input").checked;
      choice.hidden = !isTicked && !choice.textContent.toLowerCase().includes(words);
    }
  });
})();
