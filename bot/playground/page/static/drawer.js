// Behind the scenes, for the curious: what the bot calls, what is written in the books, and ways to move the world.

import { Books } from "./drawer-books.js";
import { Calls } from "./drawer-calls.js";
import { Programme } from "./drawer-programme.js";
import { Shop } from "./drawer-shop.js";
import { Time } from "./drawer-time.js";
import { Trouble } from "./drawer-trouble.js";
import { button, el, icon } from "./dom.js";
import { addStyle } from "./style.js";

const PAGES = { calls: Calls, books: Books, time: Time, shop: Shop, programme: Programme, trouble: Trouble };
const ARROWS = { ArrowLeft: -1, ArrowRight: 1 };

/** Puts the drawer into `element`; where no demo runs, only the calls can be looked at. */
export async function mountDrawer(element, context) {
  await Promise.all(["/page/drawer.css", "/page/drawer-shop.css"].map(addStyle));
  return new Drawer(element, context);
}

class Drawer {
  #element;
  #context;
  #pages = [];
  #shown = null;
  #tabs;
  #body;

  constructor(element, context) {
    this.#element = element;
    this.#context = context;
    element.classList.add("drawer");
    this.#draw();
    context.strings.on("language", () => this.#draw());
    context.toolbar.drawer.addEventListener("click", () => (this.open ? this.close() : this.show()));
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    context.drawer = this;
  }

  get open() {
    return !this.#element.hidden;
  }

  /** Opens the drawer, at the page of that name or where it was. */
  show(name = this.#shown?.name) {
    this.#element.hidden = false;
    this.#context.toolbar.drawer.setAttribute("aria-expanded", "true");
    document.body.classList.add("with-drawer");
    this.#turnTo(name);
    this.#tabs.querySelector("[aria-selected=true]").focus();
  }

  close({ focus = true } = {}) {
    this.#shown?.leave();
    this.#element.hidden = true;
    document.body.classList.remove("with-drawer");
    this.#context.toolbar.drawer.setAttribute("aria-expanded", "false");
    if (focus) this.#context.toolbar.drawer.focus();
  }

  /** Draws everything in the language that is shown; what was read, typed and unfolded stays. */
  #draw() {
    const { t } = this.#context.strings;
    const name = this.#shown?.name;
    const scrolled = this.#body?.scrollTop ?? 0;
    const kept = Object.fromEntries(this.#pages.map((page) => [page.name, page.keep?.()]));
    this.#shown?.leave();
    const kinds = this.#context.store.demo ? Object.entries(PAGES) : [["calls", Calls]];
    this.#pages = kinds.map(([kind, Page]) => Object.assign(new Page(this.#context, kept[kind]), { name: kind }));
    this.#tabs = el("div", { class: "drawer-tabs", role: "tablist", "aria-label": t("drawer.title") }, this.#pages.map((page) => this.#tab(page)));
    this.#tabs.addEventListener("keydown", (event) => this.#key(event));
    this.#body = el("div", { class: "drawer-body", role: "tabpanel", id: "drawer-page", tabindex: "0" });
    const close = button({ class: "round", "aria-label": t("close"), title: t("close") }, () => this.close(), icon("close"));
    this.#element.setAttribute("aria-label", t("drawer.title"));
    this.#element.replaceChildren(el("header", { class: "drawer-head" }, el("h2", {}, t("drawer.title")), close), this.#tabs, this.#body);
    this.#shown = this.#pages.find((page) => page.name === name) ?? this.#pages[0];
    if (!this.open) return;
    this.#turnTo(this.#shown.name);
    this.#body.scrollTop = scrolled;
  }

  #tab(page) {
    const about = { class: "drawer-tab", role: "tab", id: `drawer-tab-${page.name}`, "aria-controls": "drawer-page", data: { page: page.name } };
    return button(about, () => this.#turnTo(page.name), this.#context.strings.t(`drawer.${page.name}`));
  }

  #turnTo(name) {
    this.#shown?.leave();
    this.#shown = this.#pages.find((page) => page.name === name) ?? this.#pages[0];
    for (const tab of this.#tabs.children) {
      const chosen = tab.dataset.page === this.#shown.name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    this.#body.setAttribute("aria-labelledby", `drawer-tab-${this.#shown.name}`);
    this.#body.replaceChildren(this.#shown.element);
    this.#shown.enter();
  }

  #key(event) {
    if (!(event.key in ARROWS)) return;
    event.preventDefault();
    const step = ARROWS[event.key] * (this.#context.strings.dir === "rtl" ? -1 : 1);
    const place = this.#pages.indexOf(this.#shown) + step + this.#pages.length;
    this.#turnTo(this.#pages[place % this.#pages.length].name);
    this.#tabs.querySelector("[aria-selected=true]").focus();
  }
}
