import { isIP } from "node:net";

export const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const ACCOUNT_PARTS = ["DefaultEndpointsProtocol", "AccountName", "AccountKey", "TableEndpoint"];

/** Whether an address is on this machine. */
export function isLoopback(address: string): boolean {
  const host = URL.parse(address)?.hostname ?? "";
  // A URL has brackets round an IPv6 address.
  return LOOPBACK.has(host.replace(/^\[(.*)\]$/, "$1"));
}

/** An address of this computer, or a name: an address is not only digits and points. */
export function isHost(text: string): boolean {
  return isIP(text) > 0 || /^(?=.*[a-z])[a-z\d.-]+$/i.test(text);
}

/** An https address and nothing behind it. */
export function isPlainHttps(text: string): boolean {
  const url = URL.parse(text);
  // What comes behind, such as a signature, would not be used as a key but could be logged.
  return url?.protocol === "https:" && !url.search && !url.hash && !url.username;
}

/** The two ways in which an emulator is named. The SDK itself loads too slowly to be asked. */
export function isConnectionString(text: string): boolean {
  const parts = new Map(
    text.split(";").map((part) => {
      const [name = "", ...value] = part.split("=");
      return [name.trim().toLowerCase(), value.join("=").trim()] as const;
    }),
  );
  if (parts.get("usedevelopmentstorage") === "true") return true;
  const isWhole = ACCOUNT_PARTS.every((name) => parts.get(name.toLowerCase()));
  // Nobody signs in in local mode, so a council's own account has no place there.
  return isWhole && isLoopback(parts.get("tableendpoint") ?? "");
}
