// The `ws` library and a loop over the sockets of a room: how most servers are written first.
import { createRequire } from "node:module";

const { WebSocketServer } = createRequire(`${process.argv[2]}/`)("ws");
const rooms = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });

server.on("connection", (socket, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room);
  room.add(socket);
  socket.on("message", (message, isBinary) => {
    for (const other of room) other.send(message, { binary: isBinary });
  });
  socket.on("close", () => room.delete(socket));
  socket.on("error", () => undefined);
});

server.on("listening", () => console.log(`listening ${server.address().port}`));
