/** What the laptop gives to whoever wants to call: a place in a room of its own. */
import { post } from "./request";

export interface Place {
  livekit_url: string;
  token: string;
  room: string;
}

export const call = (name: string): Promise<Place> => post("/call", { name });
