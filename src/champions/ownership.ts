import { dayOf } from "../calendar.ts";
import { districtWithId } from "../council.ts";
import { checked, NotAllowed } from "../errors.ts";
import { holds, type Turn } from "../feature.ts";
import type { ChampionParts } from "./index.ts";
import { Form } from "./schema.ts";

/** Whose district it is to write for. */
export function ownership({ championOf }: ChampionParts) {
  return { ownForm, ownDistrict };

  /** The form, if whoever sent it is the champion of its district now. */
  async function ownForm(turn: Turn, data: unknown): Promise<Form> {
    const form = checked(Form, data);
    await ownDistrict(turn, form.district);
    return form;
  }

  /** The district the person writes for: the one they named, or their own. Throws a NotAllowed. */
  async function ownDistrict(turn: Turn, named: string | undefined): Promise<string> {
    const { person, committee, now } = turn;
    const own = person.holdings.find(({ role }) => role === "champion")?.district;
    const district = named ?? own;
    if (district && holds(person, "champion", district)) return district;
    const name = districtWithId(district ?? "", committee)?.name ?? "that district";
    const holder = await championOf(committee.id, district ?? "", dayOf(now));
    throw new NotAllowed(
      holder
        ? `${holder.name} writes the update for ${name}. You can read it after it is submitted: type show update ${name}.`
        : `${name} has no champion at the moment, so nobody can write its update. Ask the committee's officer.`,
    );
  }
}
