// Giving a file: dragging it in, and how much of it has been sent. Without this the form works too.
function prepare() {
  const form = document.querySelector("form.give");
  if (!form) return;
  const drop = form.querySelector(".drop");
  const input = form.elements.file;
  const said = form.querySelector(".sending");

  function say(text, isFault) {
    said.textContent = text;
    said.classList.toggle("on", !isFault);
    said.hidden = !text;
  }

  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    if (!file) return;
    event.preventDefault();
    if (file.size > Number(form.dataset.limit)) return say(form.dataset.tooLarge, true);
    send(new FormData(form), form.action);
  });

  function send(content, address) {
    const button = form.querySelector("button.main");
    const bar = document.createElement("progress");
    const request = new XMLHttpRequest();
    const fail = () => {
      button.disabled = false;
      say(form.dataset.cut, true);
    };
    bar.max = 1;
    bar.value = 0;
    button.disabled = true;
    say(form.dataset.sending, false);
    said.append(" ", bar);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("error", fail);
    request.addEventListener("load", () => {
      if (request.status < 400) return location.assign(request.responseURL);
      if (request.status !== 422) return fail();
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      document.querySelector("main").replaceWith(answer.querySelector("main"));
      prepare();
    });
    request.open("POST", address);
    request.send(content);
  }
}

prepare();
