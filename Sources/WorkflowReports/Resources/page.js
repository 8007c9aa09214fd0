// Keeps a page in step with the record: when a batch that concerns the reader is durable, the page is fetched anew and its
// main part replaced, unless somebody is typing in it. Without this file everything works, one reload later.
const main = document.querySelector("main[data-live]");
const note = document.getElementById("live");
const isBusy = () => main.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")
  || main.querySelector("details[open]") !== null;

let pending = null;

async function refresh() {
  pending = null;
  if (document.hidden || isBusy()) {
    note.textContent = " Something has changed since; reload to see it.";
    return;
  }
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.getAttribute("href");
  main.replaceChildren(...fresh.querySelector("main").childNodes);
  for (const place of ["header.banner", "footer.foot"]) {
    document.querySelector(place).replaceChildren(...fresh.querySelector(place).childNodes);
  }
  if (focused) document.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

if (main) {
  const changes = new EventSource("/api/changes");
  changes.addEventListener("change", () => { pending ??= setTimeout(refresh, 250); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && note.textContent.trim()) refresh(); });
  addEventListener("pagehide", () => changes.close());
}
