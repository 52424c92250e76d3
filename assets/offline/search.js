// The search of a copy that opens without a server. The scripts before it put down what is found: title, address, words.
{
  const MOST = 100;
  const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const search = document.querySelector("[data-offline-search]");
  const count = document.querySelector("[data-offline-count]");
  const results = document.querySelector("[data-offline-results]");
  const all = document.querySelector("[data-offline-all]");
  const input = search.querySelector("input");
  const entries = (self.offlineIndex ?? []).flat().map(([title, href, words]) => ({
    title,
    href,
    words,
    foldedTitle: fold(title),
    folded: fold(`${title} ${words}`),
  }));

  const around = (entry, word) => {
    const place = fold(entry.words).indexOf(word);
    if (place < 0) return "";
    const start = Math.max(0, place - 60);
    return `${start > 0 ? "…" : ""}${entry.words.slice(start, place + 140)}`;
  };

  const line = (entry, word) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.href;
    link.textContent = entry.title;
    item.append(link);
    const snippet = around(entry, word);
    if (snippet !== "") {
      const words = document.createElement("span");
      words.className = "offline-quiet";
      words.textContent = snippet;
      item.append(words);
    }
    return item;
  };

  const show = () => {
    const wanted = fold(input.value).split(/\s+/).filter(Boolean);
    const inTitle = (entry) => wanted.some((word) => entry.foldedTitle.includes(word));
    const found = entries.filter((entry) => wanted.every((word) => entry.folded.includes(word)));
    found.sort((one, other) => inTitle(other) - inTitle(one));
    const asked = wanted.length > 0;
    results.hidden = !asked;
    all.hidden = asked;
    results.replaceChildren(...(asked ? found.slice(0, MOST) : []).map((entry) => line(entry, wanted[0])));
    count.textContent = asked && found.length === 0 ? search.dataset.none : "";
  };

  search.hidden = false;
  input.addEventListener("input", show);
  show();
}
