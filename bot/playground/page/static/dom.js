// Small ways of making elements. Texts go in as text, never as markup.

/**
 * Makes an element. `about` holds its properties: `class`, `data` (an object), `on` (listeners by event), and
 * attributes by their own names; what is null, undefined or false is left out.
 */
export function el(tag, about = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, present(value));
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A drawing from `icons/`, which says nothing to a screen reader. */
export function icon(name) {
  return el("span", { class: `icon icon-${name}`, "aria-hidden": "true" });
}

/** A button that does one thing. */
export function button(about, press, ...children) {
  return el("button", { type: "button", ...about, on: { ...about.on, click: press } }, ...children);
}

/** Lets an element that is no button be pressed from the keyboard too. */
export function pressable(element, press) {
  element.setAttribute("role", "button");
  element.tabIndex = 0;
  element.addEventListener("click", press);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press(event);
  });
  return element;
}

/** Puts a class on for one run of its animation. */
export function animate(element, name) {
  element.classList.remove(name);
  void element.offsetWidth;
  element.classList.add(name);
  element.addEventListener("animationend", () => element.classList.remove(name), { once: true });
}

function present(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
