// @ts-check
// Of `npm test`, before there are packages: plain JavaScript of Node 20.

/**
 * A program that tests want. Debian's server of Redis lies in redis-tools under another name, and goes by the name
 * that it is called: the package named after it would start one for the whole machine.
 *
 * @typedef {object} TestProgram
 * @property {string} name
 * @property {string} title
 * @property {string} variable names one that is there already
 * @property {readonly string[]} [paths] in /usr/bin or /usr/sbin
 * @property {string} [debianPackage] is installed, by root on Debian
 * @property {readonly string[]} [others] in /usr/bin, will do where it is not to be had
 * @property {Unpacked} [unpacked] is taken out of Debian's packages, and nothing installed
 * @property {{ module: string, version: string } | { source: string }} [go] is built from Go's module, or from a folder
 * beside this file, once for all clones
 */

/**
 * Debian's packages as they lie below a folder of ours, and the program in them.
 *
 * @typedef {object} Unpacked
 * @property {readonly string[]} packages
 * @property {string} program below that folder
 * @property {string} [prepare] shell commands in that folder, before it is asked
 * @property {readonly string[]} asksFor shows that it runs
 */

/** Lets Prosody's two programs look for all their files where they were unpacked, and brings no settings along. */
const prepareProsody = `
sed -i "s#^\\(CFG_[A-Z]*DIR\\)=#\\1=os.getenv('PROSODY_ROOT')..#" usr/bin/prosody usr/bin/prosodyctl
: > etc/prosody/prosody.cfg.lua
cat > prosodyctl << 'END'
#!/bin/sh
export PROSODY_ROOT=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH=$(echo "$PROSODY_ROOT"/usr/lib/*-linux-gnu)
export LUA_PATH="$PROSODY_ROOT/usr/lib/prosody/?.lua;$PROSODY_ROOT/usr/share/lua/5.4/?.lua;;"
export LUA_CPATH="$PROSODY_ROOT/usr/lib/prosody/?.so;$LD_LIBRARY_PATH/lua/5.4/?.so;;"
exec "$PROSODY_ROOT/usr/bin/lua5.4" "$PROSODY_ROOT/usr/bin/$(basename "$0")" "$@"
END
chmod +x prosodyctl && ln -s prosodyctl prosody`;

/**
 * All of them.
 *
 * @type {readonly TestProgram[]}
 */
export const testPrograms = [
  {
    name: "chromium",
    title: "Chromium",
    variable: "CHROMIUM_PATH",
    // Without all that draws windows: the same pages for four fifths of the processor's time.
    paths: ["chromium-headless-shell"],
    debianPackage: "chromium-headless-shell",
    others: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
  },
  {
    name: "redis",
    title: "Redis",
    variable: "REDIS_SERVER_PATH",
    paths: ["redis-server", "redis-check-rdb"],
    debianPackage: "redis-tools",
  },
  {
    // Installed, its package would start a server for the whole machine.
    name: "nginx",
    title: "nginx",
    variable: "NGINX_PATH",
    paths: ["nginx"],
    unpacked: { packages: ["nginx"], program: "usr/sbin/nginx", asksFor: ["-v"] },
  },
  {
    // Installed, its package would start a server for the whole machine. The server itself lies beside it.
    name: "prosody",
    title: "Prosody",
    variable: "PROSODYCTL_PATH",
    paths: ["prosodyctl"],
    unpacked: {
      packages: [
        "prosody lua5.4 lua-bitop lua-expat lua-filesystem lua-sec lua-socket",
        // Whose name has the version in it.
        "$(apt-cache depends prosody | sed -n 's/.*Depends: \\(libicu[0-9]*\\)$/\\1/p' | head -n 1)",
      ],
      program: "prosodyctl",
      prepare: prepareProsody,
      asksFor: ["about"],
    },
  },
  {
    name: "luac",
    title: "Lua's compiler",
    variable: "LUAC_PATH",
    paths: ["luac5.4"],
    unpacked: { packages: ["lua5.4"], program: "usr/bin/luac5.4", asksFor: ["-v"] },
  },
  {
    name: "k6",
    title: "k6",
    variable: "K6_PROGRAM",
    go: { module: "go.k6.io/k6", version: "1.8.1" },
  },
  {
    name: "toxiproxy",
    title: "toxiproxy",
    variable: "TOXIPROXY_PATH",
    go: { module: "github.com/Shopify/toxiproxy/v2/cmd/server", version: "2.5.0" },
  },
  {
    // From 1.13.6 on its module has replace directives, which `go install` refuses.
    name: "livekit",
    title: "LiveKit",
    variable: "LIVEKIT_SERVER_PATH",
    go: { module: "github.com/livekit/livekit-server/cmd/server", version: "1.13.5" },
  },
  {
    // No more than a library's server, with a key: whole servers of this kind take minutes to build.
    name: "s3",
    title: "a storage that speaks S3",
    variable: "S3_SERVER_PATH",
    go: { source: "testing/s3" },
  },
];
