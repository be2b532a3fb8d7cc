rules.JSRule({
  name: "Payday sweep",
  triggers: [triggers.ItemStateChangeTrigger("Current_Balance")],
  execute: () => {
    if (items.getItem("Current_Balance").numericState >= 1500) {
      const id = "sweep-" + time.toZDT().toString().slice(0, 7);
      const result = actions.thingActions("monzo", "monzo:pot:alice:holiday").deposit(50, id);
      if (result.get("outcome") !== "DONE") console.warn(result.get("message"));
    }
  }
});
rules.JSRule({
  name: "Round up to the goal",
  triggers: [triggers.GenericCronTrigger("0 0 21 * * ?")],
  execute: () => {
    const pence = (item) => Math.round(items.getItem(item).numericState * 100); // 0 while not known
    const amount = Math.min(pence("Current_Balance") % 100, pence("Holiday_Goal") - pence("Holiday_Balance"));
    if (amount > 0) {
      const id = "pence-" + time.toZDT().toLocalDate();
      actions.thingActions("monzo", "monzo:pot:alice:holiday").deposit((amount / 100).toFixed(2), id);
    }
  }
});
