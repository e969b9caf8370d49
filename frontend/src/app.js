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
// Passkeys need a script by nature; only pages that offer one fetch it.
if (document.querySelector("form[data-passkey]")) import("./passkey.js");
