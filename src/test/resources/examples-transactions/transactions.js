rules.JSRule({
  name: "A payment at a shop",
  triggers: [triggers.ChannelEventTrigger("monzo:account:alice:current:transaction")],
  execute: (event) => {
    const t = JSON.parse(event.receivedEvent);
    if (Number(t.amount) < 0 && t.merchant && !t.declined && !t.late) {
      items.getItem("Payment_News").sendCommand(`${t.amount.substring(1)} paid at ${t.merchant}`);
    }
  }
});
rules.JSRule({
  name: "The salary is here",
  triggers: [triggers.ChannelEventTrigger("monzo:account:alice:current:transaction")],
  execute: (event) => {
    const t = JSON.parse(event.receivedEvent);
    if (t.payday && !t.late && Number(t.amount) >= 1000) items.getItem("Payment_News").sendCommand("It is payday!");
  }
});
