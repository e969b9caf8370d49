// Passkeys: a form with data-passkey="create", "get" or "login" runs the ceremony and sends what the device answered.
// "create" and "get" find the server's options in the JSON element named by data-passkey-options; "login" asks that address.
// What goes wrong is told by the element [data-passkey-trouble=…] of the form; texts stand in the page, not here.

const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const isAddress = /^[\d.]+$|:/.test(location.hostname); // a passkey belongs to a name, never to a number
const isPossible = "PublicKeyCredential" in window && window.isSecureContext;

function tell(form, kind) {
  for (const text of form.querySelectorAll("[data-passkey-trouble]")) text.hidden = text.dataset.passkeyTrouble !== kind;
}

function readable(options) {
  const key = options.publicKey;
  key.challenge = decode(key.challenge);
  if (key.user) key.user.id = decode(key.user.id);
  for (const list of [key.excludeCredentials, key.allowCredentials]) for (const one of list ?? []) one.id = decode(one.id);
  return options;
}

function sendable(credential) {
  const answer = { clientDataJSON: encode(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) answer[part] = encode(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  });
}

async function optionsOf(form) {
  const source = form.dataset.passkeyOptions;
  let found;
  if (form.dataset.passkey === "login") {
    const response = await fetch(source, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    found = await response.json();
  } else found = JSON.parse(document.getElementById(source).textContent);
  return found.creation_options ?? found.request_options;
}

async function run(form) {
  const options = readable(await optionsOf(form));
  if (form.dataset.passkey !== "create") return navigator.credentials.get(options);
  Object.assign((options.publicKey.authenticatorSelection ??= {}), {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
  return navigator.credentials.create(options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button[type=submit]");
  if (!isPossible || isAddress) {
    tell(form, isAddress ? "address" : "impossible");
    continue;
  }
  // The server sends the button disabled: before this script runs it could only send an empty answer.
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    tell(form, "");
    button.disabled = true;
    try {
      form.elements.credential.value = sendable(await run(form));
      form.submit();
    } catch (error) {
      tell(form, error.name === "InvalidStateError" ? "known" : "failed");
      button.disabled = false;
    }
  });
}
