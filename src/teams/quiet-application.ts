import { Application } from "@microsoft/teams-ai/lib/Application.js";
import { TurnState } from "@microsoft/teams-ai/lib/TurnState.js";

/** The library starts its typing timer whatever its option says. */
export class QuietApplication extends Application {
  override startTypingTimer(): void {}
}

/** The library wants a state for each turn. This one reads nothing and writes nothing. */
export class NoTurnState extends TurnState {
  readonly #temp = { input: "", inputFiles: [], lastOutput: "", actionOutputs: {}, authTokens: {} };

  override get conversation() {
    return {};
  }

  override get user() {
    return {};
  }

  override get temp() {
    return this.#temp;
  }

  override async load(): Promise<boolean> {
    return false;
  }

  override async save(): Promise<void> {}
}
