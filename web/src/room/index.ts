/** All that is loaded only after the press: LiveKit's client, its components, and the room. */
import "./room.css";

export { CallRoom } from "./CallRoom";
export { Call } from "./call";
