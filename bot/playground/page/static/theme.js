// Light or dark: as the system has it until somebody chooses.

const KEPT_UNDER = "moaref.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Applies what was chosen before and lets a button change it. */
export function mountTheme(button) {
  apply(kept());
  button.addEventListener("click", () => {
    const shown = document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
    const next = shown === "dark" ? "light" : "dark";
    apply(next);
    keep(next);
  });
}

function apply(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}

function kept() {
  try {
    return localStorage.getItem(KEPT_UNDER);
  } catch {
    return null;
  }
}

function keep(theme) {
  try {
    localStorage.setItem(KEPT_UNDER, theme);
  } catch {
    // a browser that keeps nothing still shows what was chosen
  }
}
