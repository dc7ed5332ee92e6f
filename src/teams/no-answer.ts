// What people read who get no answer to what they asked, and what they can do.

export const TOO_LONG =
  "That is too long for Teams to send back. Nothing was saved. Shorten it and try again.";
export const TOO_LONG_TO_SHOW = "That is too long for one message in Teams. Ask for a part of it.";
export const AWAY =
  "I cannot reach my records at the moment, so nothing was done. Wait a minute, then try again. If it happens again, tell the people who look after this bot: reference";
export const UNREADABLE = "I cannot read that button. Type help to start again.";
export const CROWDED =
  "Too much was asked at once. Nothing was done. Wait ten seconds, then try again. If somebody is in danger now, call 999.";
export const NO_ROOM =
  "Many people are asking me at the moment. Nothing was done. Wait ten seconds, then try again. If somebody is in danger now, call 999.";
export const UNDER_WAY =
  "That is being done already, and I do not know the outcome yet. Wait a minute, then look whether it is done.";
export const STRANGER =
  "I work only for people who are signed in with an account of this council. Guests can ask a colleague at the council.";
export const UNSURE =
  "I cannot check at the moment whether you belong to the council. Wait a minute, then try again.";
export const NO_COUNCIL =
  "I do not know the committee that this is about. Ask the people who look after this bot.";
