import { request, type Agent } from "node:http";
import { text } from "node:stream/consumers";

/** Sends JSON, with Node's own client. Throws when there is no answer in time. */
export function post(
  url: string,
  body: string,
  { agent, longestMs = 0 }: { readonly agent: Agent; readonly longestMs?: number },
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const sending = request(url, { method: "POST", agent, headers }, (response) => {
      text(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
        reject,
      );
    });
    sending.setTimeout(longestMs, () => sending.destroy(new Error("No answer in time")));
    sending.once("error", reject);
    sending.end(body);
  });
}
