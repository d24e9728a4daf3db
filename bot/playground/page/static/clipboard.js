// Copying, wherever the page was opened.

/** Copies a text, and returns whether it did; without a clipboard (a page that is not on the loopback) through a field and the old command. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden-words";
    const host = document.querySelector("dialog[open]") ?? document.body;
    const before = document.activeElement;
    host.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus?.({ preventScroll: true });
    return done;
  }
}
