// From a number to what it rests on: parameters, claims, sources, grades, reasons.

class Trace {
  constructor(panel, content, current) {
    Object.assign(this, { panel, content, current });
    this.parameters = new Map(content.parameters.map((one) => [one.name, one]));
  }

  question(question) {
    const answer = this.current(question.name), parts = [];
    if (answer) {
      const text = question.kind === "probability" ? `${percent(answer.probability)}, ${yardstickWords(this.content.yardstick, answer.probability)}`
        : `${quantityText(answer.quantiles).median} ${question.unitWords}; ${fill(TEXTS.interval, quantityText(answer.quantiles))}`;
      parts.push(element("p", { class: "now" }, text));
    }
    if (question.drivers.length) {
      parts.push(element("p", { class: "help" }, fill(TEXTS.driversNote, { count: this.content.tracedFutures.toLocaleString("en-US") })));
      const most = Math.max(...question.drivers.map((driver) => driver.share));
      parts.push(...question.drivers.map((driver, place) => this.driver(driver, most, place < 2)));
    } else parts.push(element("p", {}, TEXTS.noDrivers));
    if (question.experts.length) parts.push(element("h3", {}, TEXTS.expert), ...question.experts.map((view) => this.expert(view)));
    this.panel.open(question.ask, parts);
  }

  driver(driver, most, isOpen) {
    const parameter = this.parameters.get(driver.parameter);
    if (!parameter) return null;
    const bar = element("span", { class: "share", "aria-hidden": "true" }, element("i", { style: `width:${(100 * driver.share) / most}%` }));
    const summary = element("summary", {}, element("span", {}, `${Math.round(100 * driver.share)} % `, parameter.label), bar,
      element("span", { class: "help" }, driver.direction > 0 ? TEXTS.raises : TEXTS.lowers));
    return element("details", { class: "driver", open: isOpen }, summary, this.basis(parameter));
  }

  parameter(parameter) {
    this.panel.open(parameter.label, this.basis(parameter));
  }

  lever(lever) {
    const parameter = this.parameters.get(lever.name);
    const reason = lever.because ? fill(TEXTS.assumedBecause, lever) : parameter ? "" : TEXTS.assumedBare;
    this.panel.open(lever.label, reason && element("p", {}, reason), parameter && this.basis(parameter));
  }

  chart(chart) {
    const near = this.content.questions.filter((question) => question.ask.toLowerCase().includes(chart.label.toLowerCase().split(",")[0]) || question.name.startsWith(chart.name.split(/[[_]/)[0]));
    const structure = this.feeds(chart.name);
    this.panel.open(chart.label, element("p", {}, chart.name, chart.unit ? `, ${chart.unit}` : ""), structure,
      near.map((question) => element("p", {}, element("button", { type: "button", class: "plain", onclick: () => this.question(question) }, question.ask))));
  }

  feeds(name) {
    const about = [...document.querySelectorAll(".diagram .stock title, .diagram .valve title")].filter((one) => one.textContent.includes(name));
    return about.slice(0, 6).map((one) => element("p", { class: "help" }, one.textContent));
  }

  // A part of the diagram: its words, and the parameters that it names.
  part(text) {
    const named = this.content.parameters.filter((one) => new RegExp(`(^|[ ,])${one.name.replace(/[[\]]/g, "\\$&")}(,|;|$)`).test(text));
    this.panel.open(text.split(":")[0], element("p", {}, text), named.map((one) => element("details", { class: "driver" }, element("summary", {}, one.label), this.basis(one))));
  }

  basis(parameter) {
    const values = { low: numberText(parameter.low), median: numberText(parameter.median), high: numberText(parameter.high), unit: parameter.unitWords };
    const parts = [priorDrawing(parameter), element("p", {}, fill(TEXTS.priorInterval, values)), element("p", { class: "help" }, element("code", {}, `${parameter.name} ~ ${parameter.prior}`))];
    if (!parameter.claims.length) parts.push(element("p", { class: "assumed" }, parameter.because ? fill(TEXTS.assumedBecause, parameter) : TEXTS.assumedBare));
    else {
      parts.push(element("p", {}, fill(TEXTS.claimsNote, { count: parameter.claims.length, origins: parameter.origins === null ? "?" : parameter.origins.toFixed(1) })));
      if (parameter.conflict) parts.push(element("p", { class: "assumed" }, fill(TEXTS.conflict, parameter)));
      parts.push(element("ul", { class: "claims" }, parameter.claims.map((id) => this.claim(this.content.claims[id]))));
    }
    return element("div", {}, parts);
  }

  claim(claim) {
    const facts = [claim.source, claim.published, fill(TEXTS.grade, claim), fill(TEXTS.origin, claim), claim.hedge].filter(Boolean).join(" · ");
    const isLink = /^https?:\/\//.test(claim.url ?? "");
    return element("li", {}, element("p", {}, claim.paraphrase), claim.quote ? element("blockquote", {}, claim.quote) : null,
      element("p", { class: "help" }, facts, isLink ? " · " : "", isLink ? element("a", { href: claim.url, rel: "noreferrer noopener", target: "_blank" }, TEXTS.source) : ""));
  }

  expert(view) {
    const range = { word: view.word, low: percent(view.low), high: percent(view.high) };
    return element("ul", { class: "claims" }, element("li", {}, element("p", {}, fill(TEXTS.expertRange, range))), this.claim(this.content.claims[view.claim]));
  }
}
