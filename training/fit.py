"""Fit a `SpanClassifier`: batches, schedule, checkpoints; the same for every task.

A run lives in a folder: ``settings.json``, ``log.jsonl`` (a line per 25 steps and per
epoch), ``state.pt`` (to go on from after an interruption), ``frozen.npy`` (output of the frozen
layers, while the run lasts), ``answers.npy`` (the last logits of each row, as given in training
before its step was taken, for a student to learn from), ``best.pt`` (weights of the epoch with
the best dev score).
"""

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kzdash.nlp.marked_text import Marked
from training.encoder import SpanClassifier
from training.files import save_array, whole


@dataclass(frozen=True)
class Row:
    """A training row: marked text, target distribution, weight in the loss."""

    marked: Marked
    probs: tuple[float, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Settings:
    """What decides a run; written beside it.

    ``half`` computes products in bfloat16 (weights stay float32): twice as fast where the
    processor has such instructions, much slower where it has not.
    """

    epochs: float = 3
    batch: int = 16
    rate: float = 5e-5
    head_rate: float = 5e-4
    warmup: float = 0.06
    smoothing: float = 0.1
    decay: float = 0.01
    frozen: int = 0
    seed: int = 1
    class_power: float = 0.5
    half: bool = False


def batches(lengths: Sequence[int], size: int, seed: int) -> list[list[int]]:
    """Shuffled batches of texts of like length."""
    rng = random.Random(seed)
    order = list(range(len(lengths)))
    rng.shuffle(order)
    pool = size * 40
    out = []
    for at in range(0, len(order), pool):
        chunk = sorted(order[at : at + pool], key=lambda n: lengths[n])
        out.extend(chunk[i : i + size] for i in range(0, len(chunk), size))
    rng.shuffle(out)
    return out


def collate(marked: Sequence[Marked]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, kept tokens, span weights and mask of a batch, padded."""
    longest = max(len(m.ids) for m in marked)
    kept = max(1 + sum(b - a for a, b in m.spans) for m in marked)
    ids = torch.zeros(len(marked), longest, dtype=torch.long)
    mask = torch.zeros(len(marked), longest)
    keep = torch.zeros(len(marked), kept, longest)
    spans = torch.zeros(len(marked), len(marked[0].spans), kept)
    for n, m in enumerate(marked):
        ids[n, : len(m.ids)] = torch.tensor(m.ids)
        mask[n, : len(m.ids)] = 1
        keep[n, 0, 0] = 1
        row = 1
        for k, (a, b) in enumerate(m.spans):
            spans[n, k, row : row + b - a] = 1 / (b - a)
            keep[n, range(row, row + b - a), range(a, b)] = 1
            row += b - a
    return ids, keep, spans, mask


def halved(on: bool) -> torch.autocast:
    """The context in which products are computed in bfloat16, or not."""
    return torch.autocast("cpu", torch.bfloat16, enabled=on)


def predict(
    model: SpanClassifier, marked: Sequence[Marked], batch: int = 16, *, half: bool = False
) -> np.ndarray:
    """Logits of many texts (texts, labels), in evaluation mode."""
    model.eval()
    order = sorted(range(len(marked)), key=lambda n: len(marked[n].ids))
    out: np.ndarray | None = None
    with torch.inference_mode(), halved(half):
        for at in range(0, len(order), batch):
            part = order[at : at + batch]
            logits = model(*collate([marked[n] for n in part])).float().numpy()
            if out is None:
                out = np.zeros((len(marked), logits.shape[1]), np.float32)
            out[part] = logits
    assert out is not None
    return out


def class_weights(rows: Sequence[Row], power: float) -> Tensor:
    """Weights of the labels (labels,): rare ones more, one on average over the rows."""
    share = np.mean([row.probs for row in rows], axis=0)
    weights = (1 / share / len(share)) ** power
    return torch.tensor(weights / (weights * share).sum(), dtype=torch.float32)


def lower_states(
    model: SpanClassifier, rows: Sequence[Row], split: int, path: Path
) -> list[np.ndarray]:
    """Output of the frozen layers for each row, as half floats, kept in ``path``."""
    lengths = [len(row.marked.ids) for row in rows]
    ends = np.cumsum(lengths)
    if not path.is_file():
        model.eval()
        every = np.empty((ends[-1], model.encoder.width), np.float16)
        order = sorted(range(len(rows)), key=lambda n: lengths[n])
        for at in range(0, len(order), 32):
            part = order[at : at + 32]
            ids, _, _, mask = collate([rows[n].marked for n in part])
            states = model.encoder.lower(ids, mask, split).half().numpy()
            for n, state in zip(part, states, strict=True):
                every[ends[n] - lengths[n] : ends[n]] = state[: lengths[n]]
        save_array(path, every)
    kept = np.load(path)
    return [kept[end - length : end] for end, length in zip(ends, lengths, strict=True)]


class Fit:
    """One run, resumable at its last checkpoint.

    Args:
        model: the network, with base weights.
        rows: training rows.
        judge: called with the model after each epoch; gives named dev figures, of which
            ``score`` picks the best epoch.
        folder: where the run lives.
    """

    def __init__(
        self,
        model: SpanClassifier,
        rows: Sequence[Row],
        settings: Settings,
        judge: Callable[[SpanClassifier], dict[str, float]],
        folder: Path,
    ) -> None:
        self.model, self.rows, self.settings = model, rows, settings
        self.judge, self.folder = judge, folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_text(json.dumps(asdict(settings), indent=1))
        for layer in model.encoder.layers[: settings.frozen]:
            layer.requires_grad_(False)
        if settings.frozen:
            for part in (model.encoder.places, model.encoder.norm, model.encoder.distances):
                if part is not None:
                    part.requires_grad_(False)
        self.per_epoch = -(-len(rows) // settings.batch)
        self.total = round(self.per_epoch * settings.epochs)
        self.optimizer = self._optimizer()
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._factor)
        self.step, self.judged, self.best = 0, 0, -1.0
        self.weights = class_weights(rows, settings.class_power)
        self.states: list[np.ndarray] | None = None
        self.answers = np.zeros((len(rows), model.head.out_features), np.float32)

    def _optimizer(self) -> torch.optim.AdamW:
        s = self.settings
        head = [p for n, p in self.model.named_parameters() if n.startswith("head")]
        body = [
            p
            for n, p in self.model.named_parameters()
            if p.requires_grad and not n.startswith("head")
        ]
        groups = [{"params": body, "lr": s.rate}, {"params": head, "lr": s.head_rate}]
        return torch.optim.AdamW(groups, weight_decay=s.decay, fused=True)

    def _factor(self, step: int) -> float:
        warm = max(1, round(self.total * self.settings.warmup))
        if step < warm:
            return (step + 1) / warm
        return max(0.0, (self.total - step) / max(1, self.total - warm))

    def run(self) -> None:
        """Fit to the end, from where an earlier attempt stopped."""
        self._resume()
        if self._unjudged():
            self._judge()
        if self.step < self.total and self.settings.frozen:
            path = self.folder / "frozen.npy"
            with halved(self.settings.half):
                self.states = lower_states(self.model, self.rows, self.settings.frozen, path)
            self._log({"kept": sum(s.nbytes for s in self.states)})
        while self.step < self.total:
            self._epoch()
            self._judge()
        (self.folder / "frozen.npy").unlink(missing_ok=True)

    def _epoch(self) -> None:
        """Take the steps that are left of an epoch."""
        epoch, place = divmod(self.step, self.per_epoch)
        lengths = [len(row.marked.ids) for row in self.rows]
        plan = batches(lengths, self.settings.batch, 1000 * self.settings.seed + epoch)
        clock, losses = time.time(), []
        for part in plan[place : place + self.total - self.step]:
            losses.append(self._one(part))
            self.step += 1
            if self.step % 25 == 0:
                spent = round(time.time() - clock, 1)
                entry = {"step": self.step, "of": self.total, "loss": np.mean(losses)}
                self._log(entry | {"seconds": spent})
                clock, losses = time.time(), []
            if self.step % 150 == 0:
                self._save()

    def _unjudged(self) -> bool:
        """Whether an attempt stopped between the end of an epoch and its judgement."""
        end = self.step >= self.total or self.step % self.per_epoch == 0
        return end and self.step > self.judged

    def _one(self, part: list[int]) -> float:
        torch.manual_seed(self.settings.seed * 1_000_003 + self.step)
        self.model.train()
        rows = [self.rows[n] for n in part]
        ids, keep, spans, mask = collate([row.marked for row in rows])
        with halved(self.settings.half):
            if self.states is None:
                logits = self.model(ids, keep, spans, mask)
            else:
                x = torch.zeros(*ids.shape, self.model.encoder.width)
                for n, state in enumerate(self.states[i] for i in part):
                    x[n, : len(state)] = torch.from_numpy(state).float()
                hidden = self.model.encoder.upper(x, mask, self.settings.frozen, keep)
                logits = self.model.pool(hidden, spans)
        self.answers[part] = logits.detach().float().numpy()
        loss = self._loss(logits.float(), rows)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.scheduler.step()
        return loss.item()

    def _loss(self, logits: Tensor, rows: list[Row]) -> Tensor:
        s = self.settings
        probs = torch.tensor([row.probs for row in rows])
        weight = torch.tensor([row.weight for row in rows])
        smooth = (1 - s.smoothing) * probs + s.smoothing / probs.shape[1]
        each = -(self.weights * smooth * logits.log_softmax(-1)).sum(-1)
        return (each * weight).sum() / weight.sum()

    def _judge(self) -> None:
        figures = self.judge(self.model)
        epoch = -(-self.step // self.per_epoch)
        self._log({"epoch": epoch, "step": self.step} | figures)
        if figures["score"] > self.best:
            self.best = figures["score"]
            with whole(self.folder / "best.pt") as part:
                torch.save(self.model.state_dict(), part)
        self.judged = self.step
        self._save()

    def _log(self, entry: dict[str, object]) -> None:
        entry = {k: round(float(v), 4) if isinstance(v, float) else v for k, v in entry.items()}
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")

    def _save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scheduler": self.scheduler.state_dict(),
            "step": self.step,
            "judged": self.judged,
            "best": self.best,
        }
        save_array(self.folder / "answers.npy", self.answers)
        with whole(self.folder / "state.pt") as part:
            torch.save(state, part)

    def _resume(self) -> None:
        path = self.folder / "state.pt"
        if not path.is_file():
            return
        state = torch.load(path)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        for group in self.optimizer.param_groups:
            group["fused"], group["foreach"] = True, None
        self.scheduler.load_state_dict(state["scheduler"])  # not its rule: ``epochs`` may change
        self.step, self.best = state["step"], state["best"]
        self.judged = state.get("judged", 0)
        answers = np.load(self.folder / "answers.npy")
        if answers.shape == self.answers.shape:
            self.answers = answers
