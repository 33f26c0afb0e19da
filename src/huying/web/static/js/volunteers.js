// Forms of musters and volunteers: a position by the phone, asked for only when the button is pressed.
import { offerLocation } from "./locate.js";

offerLocation(document);
