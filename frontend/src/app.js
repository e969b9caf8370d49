// Everything here improves a page that already works: links and forms need no script.
import "./keys.js";
import "./upload.js";
import "./frame.js";
import "./listing.js";
import "./toast.js";
import "./palette.js";
import "./board.js";
import "./calendar.js";
import "./chart-element.js";
import "./copy.js";
import "./cases.js";
import "./live.js";
// Passkeys need a script by nature; only pages that offer one fetch it.
if (document.querySelector("form[data-passkey]")) import("./passkey.js");

// Characters that our cut of the fonts does not hold (a rare name) need the sheet of the long tail; most pages do not.
const tail = document.querySelector("link[data-fonts-tail]");
if (tail) {
  const wait = window.requestIdleCallback || ((work) => setTimeout(work, 200));
  wait(() => import("./rare-characters.js").then(({ hasRare }) => hasRare() && (tail.rel = "stylesheet")));
}
