import { lookup as askResolver, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { promisify } from "node:util";
import { FeedTrouble } from "./trouble.ts";

/** Every address of a name, as the system's resolver gives them. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/**
 * Addresses that are nobody's on the public internet (the special-purpose registries of IANA),
 * and the one public address at which Azure answers its own machines.
 */
const NOT_PUBLIC: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
/** Of the IPv6 addresses only 2000::/3 is given out, and these parts of it are special. */
const NOT_PUBLIC_6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const special = new BlockList();
for (const [net, bits] of NOT_PUBLIC) special.addSubnet(net, bits, "ipv4");
for (const [net, bits] of NOT_PUBLIC_6) special.addSubnet(net, bits, "ipv6");
const givenOut6 = new BlockList();
givenOut6.addSubnet("2000::", 3, "ipv6");
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether an IP address is somebody's on the public internet. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, "ipv4");
  return givenOut6.check(address, "ipv6") && !special.check(address, "ipv6");
}

export type AddressGuard = ReturnType<typeof addressGuard>;

/**
 * What keeps a feed's address, or one that it sends us on to, from reaching into the council's
 * own network. The address that was checked is the one that is connected to: a name that answers
 * differently a second time gains nothing.
 */
export function addressGuard({
  isLoopbackAllowed,
  resolve = promisify((host: string, done: (e: Error | null, all: LookupAddress[]) => void) =>
    askResolver(host, { all: true }, done),
  ),
}: {
  /** On one's own machine and in tests. */
  readonly isLoopbackAllowed: boolean;
  readonly resolve?: Resolve;
}) {
  return { check, lookup: (...asked: Parameters<LookupFunction>) => void lookup(...asked) };

  /** Looks at an address before anything is sent. Throws a FeedTrouble that says what to enter. */
  function check(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url) throw refused("That is not an address. Enter one that begins with https://.");
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const isOurs = isLoopbackAllowed && (host === "localhost" || isLoopback(host));
    if (url.protocol !== "https:" && !(isOurs && url.protocol === "http:"))
      throw refused("Only addresses that begin with https:// are read.");
    if (url.username || url.password)
      throw refused("The address holds a name or a password. Open feeds need none: take it out.");
    if (isIP(host) !== 0 && !isAllowed(host)) throw refused(notPublic(host));
    return url;
  }

  function isAllowed(ip: string): boolean {
    return isPublic(ip) || (isLoopbackAllowed && isLoopback(ip));
  }

  /** Takes the resolver's place in a connection. */
  function find(host: string, options: Parameters<LookupFunction>[1]) {
    return resolve(host).then((all) => {
      const [first] = all;
      if (!first) throw refused(`The name ${host} has no address.`);
      if (!all.every(({ address }) => isAllowed(address))) throw refused(notPublic(host));
      return { first, list: options.all ? all : undefined };
    });
  }

  async function lookup(...[host, options, done]: Parameters<LookupFunction>): Promise<void> {
    let found: Awaited<ReturnType<typeof find>>;
    try {
      found = await find(host, options);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)), "");
      return;
    }
    const { first, list } = found;
    if (list) done(null, list);
    else done(null, first.address, first.family);
  }
}

function isLoopback(host: string): boolean {
  const version = isIP(host);
  return version !== 0 && loopback.check(host, version === 4 ? "ipv4" : "ipv6");
}

function refused(what: string): FeedTrouble {
  return new FeedTrouble(what, "for good");
}

function notPublic(host: string): string {
  return `${host} is not on the public internet, so it is not read.`;
}
