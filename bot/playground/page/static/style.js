// Stylesheets of those parts of the page that may be missing.

import { el } from "./dom.js";

/** Adds a stylesheet; resolves when it is there, or when it cannot be had. */
export function addStyle(href) {
  return new Promise((resolve) => {
    document.head.append(el("link", { rel: "stylesheet", href, on: { load: resolve, error: resolve } }));
  });
}
