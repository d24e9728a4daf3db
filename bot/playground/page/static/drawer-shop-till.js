// The shelf and the basket: how many of what, with whose code, and buying it.

import { button, el } from "./dom.js";
import { money } from "./drawer-parts.js";

const MOST = 99;
const PATIENCE_MS = 10_000;

export class Till {
  #context;
  #t;
  #buyer;
  #buy;
  #attempt;
  #complain;
  #state = null;
  #basket = new Map();
  #typed = null;
  #received = null;
  #working = false;
  #coding;
  #shelf = el("ul", { class: "shelf" });
  #customer = el("p", { class: "shop-customer" });
  #hint = el("p", { class: "drawer-words", id: "shop-hint" });
  #total = el("output", { class: "basket-total", for: "shop-code" });

  /**
   * `buy(basket, code)` buys, where the basket is pieces by the goods' id; `buyer` is a person of the page. `attempt`
   * does a deed and says why it did not work, `complain` says any other trouble.
   */
  constructor(context, buyer, buy, attempt, complain) {
    this.#context = context;
    this.#t = context.strings.t;
    this.#buyer = buyer;
    this.#buy = buy;
    this.#attempt = attempt;
    this.#complain = complain;
    this.#basket = context.basket ??= new Map();
    const t = this.#t;
    const typing = { input: () => this.#type(this.code.value) };
    this.code = el("input", { id: "shop-code", class: "field", dir: "ltr", maxlength: 64, autocomplete: "off", spellcheck: "false", "aria-describedby": "shop-hint", on: typing });
    this.linking = button({ class: "drawer-button small", data: { act: "link" } }, () => this.#link(), t("shop.link"));
    this.buying = button({ class: "plain-button", data: { act: "buy" } }, () => this.#pay(), t("shop.buy"));
    this.#coding = el("div", { class: "coding" }, el("label", { class: "field-name", for: "shop-code" }, t("shop.code")), el("div", { class: "code-row" }, this.code, this.linking));
    this.element = el(
      "div",
      { class: "till" },
      this.#customer,
      this.#shelf,
      this.#coding,
      this.#hint,
      el("div", { class: "basket" }, el("span", {}, t("shop.total")), this.#total),
      this.buying,
    );
    this.#update();
  }

  /** What was typed as the code; null where nobody has. */
  get typed() {
    return this.#typed;
  }

  set typed(code) {
    this.#typed = code;
    this.#update();
  }

  /** The currency of all amounts, with its decimal places. */
  get unit() {
    const { currency, exponent } = this.#state;
    return { currency, exponent };
  }

  show(state) {
    const first = this.#state === null;
    this.#state = state;
    if (first) this.#drawShelf();
    this.#update();
  }

  /** An empty basket, and the code as it is suggested. */
  clear() {
    this.#basket.clear();
    this.#typed = null;
    if (this.#state) this.#drawShelf();
    this.#update();
  }

  get #account() {
    return this.#state?.customers.find((each) => each.person === this.#buyer.id) ?? null;
  }

  #drawShelf() {
    const { categories, goods } = this.#state;
    const { strings } = this.#context;
    this.#shelf.replaceChildren(...goods.map((each) => this.#goods(each, strings.of(each.name), strings.of(categories[each.category]))));
  }

  #goods(goods, name, category) {
    const count = el("output", { class: "pieces", "aria-label": this.#t("shop.pieces", { name }) });
    const less = button({ class: "step", "aria-label": this.#t("shop.less", { name }), data: { less: goods.id } }, () => change(-1), "−");
    const more = button({ class: "step", "aria-label": this.#t("shop.more", { name }), data: { more: goods.id } }, () => change(1), "+");
    const change = (step) => {
      const pieces = Math.min(MOST, Math.max(0, (this.#basket.get(goods.id) ?? 0) + step));
      if (pieces) this.#basket.set(goods.id, pieces);
      else this.#basket.delete(goods.id);
      show();
      this.#update();
    };
    const show = () => {
      const pieces = this.#basket.get(goods.id) ?? 0;
      count.textContent = this.#context.strings.number(pieces);
      less.disabled = pieces === 0;
    };
    show();
    const price = money({ amount: goods.price, ...this.unit }, this.#context.strings);
    return el(
      "li",
      { class: "goods" },
      el("span", { class: "goods-mark", "aria-hidden": "true" }, goods.mark),
      el("span", { class: "goods-words" }, el("span", { class: "goods-name" }, name), el("span", { class: "goods-price" }, `${category} · ${price}`)),
      el("span", { class: "stepper" }, less, count, more),
    );
  }

  #type(text) {
    this.#typed = text;
    this.#update();
  }

  /** The inviter's code, as the books know it or as it was passed on to the phone; none for a customer who is linked. */
  #suggested() {
    const account = this.#account;
    if (account?.linked) return "";
    return account?.inviter?.code ?? passedOn(this.#context.store.chat(this.#buyer.id).shared);
  }

  #update() {
    const { strings } = this.#context;
    const code = this.#typed ?? this.#suggested();
    if (this.code.value !== code) this.code.value = code;
    this.#hint.textContent = this.#told(code);
    this.#customer.textContent = this.#account ? this.#t(this.#account.linked ? "shop.customer.linked" : "shop.customer", { number: this.#account.number, name: strings.of(this.#buyer.name) }) : "";
    const goods = this.#state?.goods ?? [];
    const total = goods.reduce((sum, each) => sum + each.price * (this.#basket.get(each.id) ?? 0), 0);
    this.#total.textContent = this.#state ? money({ amount: total, ...this.unit }, strings) : "";
    this.buying.disabled = this.#working || total === 0;
    this.linking.disabled = this.#working;
    this.#coding.hidden = this.#account?.linked ?? false;
  }

  /** What the code in the field does. */
  #told(code) {
    const name = this.#context.strings.of(this.#buyer.name);
    const inviter = this.#account?.inviter;
    if (this.#account?.linked) return this.#t("shop.hint.linked", { name });
    if (code && code === this.#received) return this.#t("shop.hint.token", { name });
    if (inviter && code === inviter.code) return this.#t("shop.hint.inviter", { inviter: inviter.name, name });
    if (!code) return this.#t("shop.hint.none");
    return this.#t("shop.hint.any", { name });
  }

  async #pay() {
    await this.#work(() => this.#buy(Object.fromEntries(this.#basket), this.code.value.trim()));
  }

  /** Asks the bot for a one-time token, as the person would on their phone, and puts it into the field. */
  async #link() {
    await this.#work(() => this.#attempt(async () => {
      const token = await this.#token();
      this.#received = token;
      if (token) this.#type(token);
      else this.#complain(this.#t("inline.unanswered"));
    }));
    (this.buying.disabled ? this.code : this.buying).focus();
  }

  async #token() {
    const { api, store } = this.#context;
    let off;
    const heard = new Promise((done) => {
      off = store.on("event", (event, live) => {
        const token = live && event.chat_id === this.#buyer.id && event.kind === "message" && tokenIn(event.content.message);
        if (token) done(token);
      });
      setTimeout(done, PATIENCE_MS, null);
    });
    try {
      await api.post(`/control/users/${this.#buyer.id}/say`, { text: "/shop" });
      return await heard;
    } finally {
      off();
    }
  }

  async #work(deed) {
    this.#working = true;
    this.#update();
    try {
      await deed();
    } finally {
      this.#working = false;
      this.#update();
    }
  }
}

function tokenIn(message) {
  if (!message.from.is_bot) return null;
  const keys = message.reply_markup?.inline_keyboard?.flat() ?? [];
  return keys.find((key) => key.copy_text)?.copy_text.text ?? null;
}

/** The code in a link that somebody sent to the phone. */
function passedOn(shared) {
  try {
    return new URL(shared.link).searchParams.get("start") ?? "";
  } catch {
    return "";
  }
}
