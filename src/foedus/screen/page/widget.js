// The page of a case in a notebook: an iframe of its own, levers and answers in step with Python.

/** @param {{ model: any; el: HTMLElement }} given */
export function render({ model, el }) {
  const frame = document.createElement("iframe"), state = () => {
    const parts = [...Object.entries(model.get("levers")).map(([name, value]) => [`l.${name}`, value]), ...Object.entries(model.get("parameters")).map(([name, value]) => [`p.${name}`, value])];
    return new URLSearchParams(model.get("scenario") ? [["s", model.get("scenario")], ...parts] : parts).toString();
  };
  let known = "", shown = "";
  const tell = () => {
    if (state() === known) return;
    known = state();
    frame.contentWindow?.postMessage({ foedus: "choose", state: known }, "*");
  };
  const heard = (/** @type {MessageEvent} */ { source, data }) => {
    if (source !== frame.contentWindow || !data?.foedus) return;
    if (data.foedus === "ready") {
      known = "";
      tell();
    } else if (data.foedus === "refused") {
      model.set("refused", data.problems.map(String));
      model.save_changes();
    } else if (data.foedus === "now") {
      for (const name of ["scenario", "levers", "parameters", "answers", "futures", "digest", "failures"]) model.set(name, data[name]);
      known = state();
      if (known !== shown) model.set("refused", []); // a finer answer to the same choice takes no refusal back
      shown = known;
      model.save_changes();
    }
  };
  frame.setAttribute("sandbox", "allow-scripts allow-downloads allow-popups allow-modals");
  frame.title = model.get("title");
  frame.style.cssText = `width:100%;height:${model.get("height")}px;border:1px solid #8884;border-radius:6px`;
  frame.srcdoc = model.get("page");
  addEventListener("message", heard);
  for (const name of ["levers", "parameters", "scenario"]) model.on(`change:${name}`, tell);
  el.append(frame);
  return () => {
    removeEventListener("message", heard);
    for (const name of ["levers", "parameters", "scenario"]) model.off(`change:${name}`, tell);
  };
}
