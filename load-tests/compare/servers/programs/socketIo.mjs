// Socket.IO with its own rooms and its adapter in memory; WebSocket from the start, as it is at its fastest.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const { Server } = createRequire(`${process.argv[2]}/`)("socket.io");
const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });

io.on("connection", (socket) => {
  socket.on("join", (room, joined) => {
    socket.data.room = room;
    void socket.join(room);
    joined();
  });
  socket.on("say", (message) => io.to(socket.data.room).emit("said", message));
});

http.listen(0, "127.0.0.1", () => console.log(`listening ${http.address().port}`));
