import fc from "fast-check";
import { waitAsked } from "../src/directory/feed/download.ts";
import { plainText } from "../src/directory/feed/plain-text.ts";
import { addressGuard, isPublic } from "../src/directory/feed/public-address.ts";

describe("the addresses that are read", () => {
  it.each([
    ...["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"],
    ...["0.0.0.0", "224.0.0.1", "255.255.255.255", "168.63.129.16", "198.18.0.1", "192.0.2.1"],
    ...["::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1"],
    ...["::ffff:7f00:1", "64:ff9b::a00:1", "2002:a00:1::", "2001::1", "2001:db8::1"],
  ])("are not %s", (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(["8.8.8.8", "51.140.1.1", "2a01:111::1", "2606:4700::1111"])("can be %s", (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    "https://127.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
  ])("are not this machine, spelt as %s", (address) => {
    const { check } = addressGuard({ isLoopbackAllowed: false });

    expect(() => check(address)).toThrow("is not on the public internet");
  });

  it("are those that the name has when it is connected to", async () => {
    const answers = [["93.184.216.34"], ["93.184.216.34", "10.0.0.1"]];
    const { lookup } = addressGuard({
      isLoopbackAllowed: false,
      resolve: async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 })),
    });
    const ask = () =>
      new Promise((resolve) =>
        lookup("feed.example.org", { all: true }, (error, found) =>
          resolve(error?.message ?? found),
        ),
      );

    expect(await ask()).toEqual([{ address: "93.184.216.34", family: 4 }]);
    expect(await ask()).toBe("feed.example.org is not on the public internet, so it is not read.");
  });
});

describe("what a feed says", () => {
  it("of a wait is understood in seconds and as a date, by the feed's own clock", () => {
    const date = "Wed, 25 Sep 2019 08:00:00 GMT";

    expect(waitAsked({ "retry-after": "120" })).toBe(120_000);
    expect(waitAsked({ "retry-after": "Wed, 25 Sep 2019 08:00:30 GMT", date })).toBe(30_000);
    expect(waitAsked({ "retry-after": "Wed, 25 Sep 2019 07:00:00 GMT", date })).toBe(0);
    expect(waitAsked({ "retry-after": "soon", date })).toBeUndefined();
    expect(waitAsked({})).toBeUndefined();
  });

  it.each([
    ["a < b and c > d", "a < b and c > d"],
    ["Write to <info@example.org> today", "Write to info@example.org today"],
    ["&lt;p&gt;Hello &amp;amp; welcome&lt;/p&gt;", "Hello & welcome"],
    ["one<br/>two<p>three</p>", "one\ntwo\n\nthree"],
    ["<style>p{}</style>text", "text"],
    ["We <3 you", "We <3 you"],
  ])("in HTML is text: %s", (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it("never keeps a tag of HTML, whatever is in it", () => {
    const piece = fc.constantFrom("<", ">", "/", "script", "img", " ", "=", "&lt;", "&", "x", '"');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(plainText(`<p>${pieces.join("")}</p>`)).not.toMatch(/<(?:script|img)[\s/]*>/);
      }),
    );
  });
});
