// Every English text of the page, in one place, so that it can be translated. {name} stands for a value.

export const TEXTS = {
  title: "New case: {name}", tally: "{filled} of {total} figures fill a slot · {left} that no part covers · as of {day}", skip: "To the parts", theme: "Dark or light", undo: "Undo", panes: "What is shown",
  claims: "Claims", parts: "Parts", questions: "Questions", show: "Which claims",
  how: "Drag a claim into a slot, or press “Put into a slot” beside it.",
  states: { all: "all with a figure ({count})", slot: "in a slot ({count})", left: "not covered ({count})", ahead: "about what is to come ({count})" }, none: "No claim of this kind.",
  put: "Put into a slot…", putLabel: "Put {figure} ({id}) into a slot", takeOut: "Take out", takeOutLabel: "Take {figure} ({id}) out of {slot}", inSlot: "In {part}, {slot}", byHand: "by hand", counted: "as {counted}",
  left: "Not covered: {why}.", ahead: "Says what is to come: the case asks whether it does.", withoutFigure: "{count} more claims have no figure; they stand in the ledger, and make events and questions.",
  kinds: { default: "Default of the shelf", derived: "Follows", judgement: "Guess", round: "Nobody says", unused: "Used only where a report tells", claims: "" },
  because: "{kind}: {why}", leaveOut: "Leave out", leaveOutLabel: "Leave {title} out", added: "added by hand", about: "Source, and what it is not for", source: "Source: {source}.", notFor: "Not for {not_for}.", spoken: "The reports speak of: {words}.",
  addTitle: "Use another mechanism", add: "Use it", addLabel: "Use {title}", which: "Mechanism of the shelf", droppedBy: "Left out by you.", lacks: "The reports speak of it, but nobody says: {why}.",
  isDefault: "(default)", willAsk: "What the case will ask ({count})", willTry: "Scenarios ({count})", documents: "Read ({count})", late: "left out, published later: {title}",
  write: "Write {target}", writing: "Writing and trying it out…", writeNote: "Model, ledger and README. Until then nothing is kept.",
  chooserTitle: "Into which slot?", fits: "Slots that take a figure of this unit:", fitsNone: "No slot of these parts takes its figure. Use a mechanism that does, or leave it out.", now: "now: {what}", nothing: "Fills nothing", close: "Close",
  didPut: "{id} is in {slot}.", didTakeOut: "{id} fills nothing now.", didAdd: "{title} is used.", didLeaveOut: "{title} is left out.", didAnswer: "Answered: {option}.", didUndo: "The last change is taken back.",
  made: "Made {folder}", madeNext: "Next, in the terminal:", madeClose: "This page has done its work and can be closed.",
  offline: "The server does not answer. If the case was not written, start `foedus new … --browser` again.",
};
