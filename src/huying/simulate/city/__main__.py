import argparse
import sys
import threading
from pathlib import Path

from huying.simulate.city import PORT
from huying.simulate.city.holding import Holding
from huying.simulate.city.moods import Moods
from huying.simulate.city.pushing import push_for_ever
from huying.simulate.city.serving import City


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser("huying.simulate.city")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--push", default="", help="our address for its letters, where it pushes")
    args = parser.parse_args()
    city = City(args.port, Holding(args.folder), Moods())
    city.push_to = args.push
    threading.Thread(target=push_for_ever, args=(city,), daemon=True).start()
    sys.stdout.write(f"ready on {args.port}\n")
    sys.stdout.flush()
    city.serve_forever()


if __name__ == "__main__":
    main()
