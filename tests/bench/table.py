"""The rows of the benchmark: what was measured, the best peer's figure, their ratio, the goal."""

import json
import statistics

median = statistics.median


class Table:
    def __init__(self):
        self.rows = []

    def add(self, name, size, unit, ours, peers=None, goal="", reached=None):
        """`peers`: {name: figure}; `reached` answers whether the goal is: it is given the best peer's ratio."""
        peers = {peer: figure for peer, figure in (peers or {}).items() if figure is not None}
        ratios = {peer: round(ours / figure, 3) for peer, figure in peers.items() if figure}
        row = {"what": name, "size": size, "unit": unit, "ours": round(ours, 3), "goal": goal, "ratios": ratios,
               "peers": {peer: round(figure, 3) for peer, figure in peers.items()},
               "reached": None if reached is None else bool(reached(ours, peers))}
        self.rows.append(row)
        print(self.line(row), flush=True)

    @staticmethod
    def line(row):
        peers = "  ".join(f"{peer} {figure:g} ({row['ratios'].get(peer, 0):g}×)" for peer, figure in row["peers"].items())
        sign = {True: "reached", False: "NOT REACHED", None: ""}[row["reached"]]
        return f"{row['what']:<44} {row['size']:>9,} {row['ours']:>12,.2f} {row['unit']:<11} {row['goal']:<34} {sign:<12} {peers}"

    def save(self, path, machine):
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"machine": machine, "rows": self.rows}, file, ensure_ascii=False, indent=1)
            file.write("\n")
