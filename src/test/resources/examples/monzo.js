rules.JSRule({
  name: "Money is tight, and the overdraft",
  triggers: [triggers.ItemStateChangeTrigger("Current_Balance")],
  execute: () => {
    const balance = items.getItem("Current_Balance").numericState;
    if (balance === null) return; // not known yet
    items.getItem("Money_Tight").sendCommandIfDifferent(balance < 20 ? "ON" : "OFF");
    items.getItem("Overdrawn").sendCommandIfDifferent(balance < 0 ? "ON" : "OFF");
  }
});
rules.JSRule({
  name: "The holiday pot has reached its goal",
  triggers: [triggers.ChannelEventTrigger("monzo:pot:alice:holiday:goal-reached")],
  execute: () => items.getItem("Pot_News").sendCommand("The holiday is paid for!")
});
