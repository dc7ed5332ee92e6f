/** What people say when they have what they wanted, and nothing else with it. */
const THANKS =
  /^(?:(?:ok|okay|great|brilliant|lovely|perfect|super|ah|oh|wonderful|excellent|right|that(?:[’']?s| is)) )*(?:many thanks|thanks|thank you|thank u|thx|cheers|ta)(?: (?:very much|ever so much|a lot|a million|so much|again|then|for (?:that|this|(?:your |the )?help|everything)|pal|mate|bot|love|duck|all|both))*$/;

/** Whether a text is thanks and nothing else. */
export function isThanks(text: string): boolean {
  return THANKS.test(
    text
      .slice(0, 60)
      .toLowerCase()
      .replaceAll(/[^\p{L}’' ]+/gu, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
}
