// Raw uWebSockets.js: each path is a topic, what comes in is published as it is. The same binary as the gateway's.
import uWS from "uWebSockets.js";

const app = uWS.App();

app.ws("/*", {
  // As the gateway sets them.
  compression: uWS.DISABLED,
  idleTimeout: 60,
  sendPingsAutomatically: true,
  maxBackpressure: 1024 * 1024,
  closeOnBackpressureLimit: true,
  maxPayloadLength: 256 * 1024,
  upgrade(response, request, context) {
    response.upgrade(
      { room: request.getUrl() },
      request.getHeader("sec-websocket-key"),
      request.getHeader("sec-websocket-protocol"),
      request.getHeader("sec-websocket-extensions"),
      context,
    );
  },
  open: (socket) => void socket.subscribe(socket.getUserData().room),
  message: (socket, message, isBinary) =>
    void app.publish(socket.getUserData().room, message, isBinary),
});

app.listen("127.0.0.1", 0, (socket) => {
  console.log(`listening ${uWS.us_socket_local_port(socket)}`);
});
