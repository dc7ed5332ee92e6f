/**
 * What stands wherever a search finds nothing: somebody may have told of harm in words that no rule
 * knows. The bot's data has no route of its own for thoughts of ending one's life but 999.
 */
export const WAY_OUT =
  "In danger now, or thoughts of ending a life: call 999. Abuse, neglect, exploitation or hate: type signpost.";
