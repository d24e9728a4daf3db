// Boxes above everything: an alert of the bot, a question, the sheet of people. Escape closes each; the focus stays inside.

import { button, el, icon } from "./dom.js";

export class Dialogs {
  #strings;

  constructor(strings) {
    this.#strings = strings;
  }

  /** Shows a text until it is taken note of; `over` is the element in whose middle it stands, else the page's. */
  alert(text, title = "", over = null) {
    return this.ask(title, (close) => [
      el("p", { class: "box-text", dir: "auto" }, text),
      el("div", { class: "box-buttons" }, button({ class: "plain-button", autofocus: true }, () => close(), this.#strings.t("ok"))),
    ], over);
  }

  /** Shows an element until it is put away. `over` as in `alert`. */
  show(title, element, over = null) {
    return this.ask(title, (close) => [
      element,
      el("div", { class: "box-buttons" }, button({ class: "plain-button", autofocus: true }, () => close(), this.#strings.t("close"))),
    ], over);
  }

  /**
   * Asks a question; resolves to whether it was answered with yes. `over` as in `alert`; with `danger` the answer yes
   * looks like what it is: something is lost by it.
   */
  async confirm(text, yes = this.#strings.t("yes"), over = null, { danger = false } = {}) {
    const answer = await this.ask("", (close) => [
      el("p", { class: "box-text", dir: "auto" }, text),
      el("div", { class: "box-buttons" }, button({ class: "plain-button quiet", autofocus: true }, () => close(), this.#strings.t("no")), button({ class: `plain-button${danger ? " danger" : ""}` }, () => close(true), yes)),
    ], over);
    return answer === true;
  }

  /**
   * Offers a list of choices, each `{value, label, mark, bad}` where `mark` is an element; resolves to the value that
   * was chosen, or undefined. `preview` is shown above them.
   */
  choose(title, choices, { preview = "", over = null } = {}) {
    return this.ask(title, (close) => [
      preview ? el("p", { class: "preview", dir: "auto", tabindex: "0" }, preview) : null,
      el("ul", { class: "choices" }, choices.map((choice) => el("li", {}, button({ class: `choice${choice.bad ? " bad" : ""}`, data: { choice: choice.value } }, () => close(choice.value), choice.mark, el("span", {}, choice.label))))),
      button({ class: "plain-button quiet" }, () => close(), this.#strings.t("cancel")),
    ], over);
  }

  /** Opens a box of the elements that `content(close)` returns; resolves to what it was closed with. `over` as in `alert`. */
  ask(title, content, over = null) {
    return new Promise((resolve) => {
      const before = document.activeElement;
      const box = el("dialog", { class: "box", "aria-label": title || this.#strings.t("message") });
      let answer;
      const close = (value) => {
        answer = value;
        box.close();
      };
      if (title) box.append(el("h2", { dir: "auto" }, title));
      box.append(...content(close).filter(Boolean));
      box.addEventListener("click", (event) => event.target === box && beside(box, event) && close());
      box.addEventListener("close", () => {
        box.remove();
        before?.focus?.({ preventScroll: true });
        resolve(answer);
      });
      document.body.append(box);
      box.showModal();
      stand(box, over);
    });
  }
}

/** Closes whatever is open, unanswered: what it was about is gone. */
export function closeAll() {
  for (const box of document.querySelectorAll("dialog[open]")) box.close();
}

/** A picture at its full size, with its caption and a way to keep it; `name` says what it shows. */
export function lightbox(address, { caption, name }, t) {
  const before = document.activeElement;
  const close = button({ class: "round", "aria-label": t("close"), title: t("close"), autofocus: true }, () => box.close(), icon("close"));
  const save = el("a", { class: "round", href: address, download: "", "aria-label": t("file.download"), title: t("file.download") }, icon("download"));
  const box = el("dialog", { class: "lightbox", "aria-label": name }, el("div", { class: "lightbox-head" }, save, close), el("img", { src: address, alt: name }), caption ? el("figcaption", { dir: "auto" }, caption) : null);
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("close", () => {
    box.remove();
    before?.focus?.({ preventScroll: true });
  });
  document.body.append(box);
  box.showModal();
}

/** Moves a box from the page's middle to an element's. */
function stand(box, over) {
  if (!over) return;
  const middle = ({ left, width }) => left + width / 2;
  const away = middle(over.getBoundingClientRect()) - document.documentElement.clientWidth / 2;
  box.style.setProperty("margin-inline", "auto");
  box.style.setProperty("left", `${2 * away}px`);
}

function beside(box, event) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}
