// Passkeys: a form marked data-passkey asks the device and sends what it answered.
const supported = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

async function options(form) {
  if (form.dataset.passkey !== "sign-in") return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function added(given, form) {
  const wanted = given.creation_options.publicKey;
  const withoutPassword = form.elements.passwordless.checked;
  wanted.authenticatorSelection = {
    ...wanted.authenticatorSelection,
    residentKey: withoutPassword ? "required" : "discouraged",
    requireResidentKey: withoutPassword,
    ...(withoutPassword ? { userVerification: "required" } : {}),
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted) });
}

function read(given) {
  const wanted = PublicKeyCredential.parseRequestOptionsFromJSON(given.request_options.publicKey);
  return navigator.credentials.get({ publicKey: wanted });
}

async function ask(form) {
  const fault = form.querySelector(".fault");
  fault.hidden = true;
  try {
    const given = await options(form);
    const credential = await (form.dataset.passkey === "add" ? added(given, form) : read(given));
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    fault.hidden = false;
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.hidden = !supported;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
