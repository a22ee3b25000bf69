"""The network: a BERT or MPNet encoder cut to some layers, and a head on marked spans.

Written out rather than taken from a library, so that the exported graph is small (one
matrix for query, key and value; no mask at inference, where the batch is one text) and
so that the lower layers can be frozen and their output kept (``split`` in `Encoder`).
"""

import json
import math
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


class Product(NamedTuple):
    """An affine map that owns no parameters."""

    weight: Tensor
    shift: Tensor

    def __call__(self, x: Tensor) -> Tensor:
        """Map the last dimension of ``x``."""
        return functional.linear(x, self.weight, self.shift)


class Layer(nn.Module):
    """One transformer layer, normalised after each half (BERT, MPNet)."""

    def __init__(self, width: int, heads: int, inner: int, eps: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(dropout)
        self.parts: tuple[Product, Product] | None = None

    def parted(self) -> tuple["Product", "Product"]:
        """The product for the query, and that for key and value."""
        weight, shift = self.qkv.weight, self.qkv.bias
        width = weight.shape[1]
        return Product(weight[:width], shift[:width]), Product(weight[width:], shift[width:])

    def freeze_parts(self) -> None:
        """Keep `parted` as constants, for a graph in which they stand alone."""
        with torch.no_grad():
            query, memory = self.parted()
        query, memory = (Product(*(t.detach().clone() for t in p)) for p in (query, memory))
        self.parts = query, memory

    def forward(
        self,
        x: Tensor,
        bias: Tensor | None,
        keep: Tensor | None = None,
        seen: list[Tensor] | None = None,
    ) -> Tensor:
        """Transform ``x`` (batch, tokens, width); ``bias`` is added to the attention scores.

        ``keep`` (batch, kept, tokens) selects the tokens that go on, which are all that a
        last layer need compute; ``seen`` collects the attention (batch, heads, kept, tokens).
        """
        batch, _, width = x.shape
        if keep is None:
            q, k, v = self.qkv(x).split(width, dim=-1)
        else:
            query, memory = self.parts or self.parted()
            k, v = memory(x).split(width, dim=-1)
            x = keep @ x
            q = query(x)
            if bias is not None and bias.shape[-2] > 1:
                bias = keep[:, None] @ bias
        tokens = x.shape[1]
        q, k, v = (
            part.view(batch, -1, self.heads, width // self.heads).transpose(1, 2)
            for part in (q, k, v)
        )
        scores = q @ k.transpose(-1, -2) * (1 / math.sqrt(width // self.heads))
        if bias is not None:
            scores = scores + bias
        attention = scores.softmax(-1)
        if seen is not None:
            seen.append(attention)
        mixed = self.dropout(attention) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, tokens, width)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


def relative_buckets(tokens: int, buckets: int = 32, furthest: int = 128) -> Tensor:
    """Bucket of every pair of positions, as MPNet and T5 count them (tokens, tokens)."""
    place = torch.arange(tokens)
    back = place[:, None] - place[None, :]
    half = buckets // 2
    side = (back < 0).long() * half
    back = back.abs()
    exact = half // 2
    far = exact + (
        (back.float().clamp(min=1) / exact).log() / math.log(furthest / exact) * (half - exact)
    ).long().clamp(max=half - 1 - exact)
    return side + torch.where(back < exact, back, far)


class Encoder(nn.Module):
    """Embeddings and the first ``layers`` layers of a base model."""

    def __init__(self, config: dict, layers: int | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.config = config
        self.mpnet = config["model_type"] == "mpnet"
        width, heads = config["hidden_size"], config["num_attention_heads"]
        eps = config["layer_norm_eps"]
        self.heads, self.width = heads, width
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(dropout)
        count = layers or config["num_hidden_layers"]
        inner = config["intermediate_size"]
        self.layers = nn.ModuleList(Layer(width, heads, inner, eps, dropout) for _ in range(count))
        self.distances = nn.Embedding(32, heads) if self.mpnet else None
        self.words.weight.requires_grad_(False)

    @classmethod
    def load(cls, folder: Path, layers: int | None = None, dropout: float = 0.1) -> "Encoder":
        """Read a base model (``config.json``, ``model.safetensors``) from a folder."""
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        encoder = cls(config, layers, dropout)
        encoder.load_state_dict(base_weights(load_file(folder / "model.safetensors"), encoder))
        return encoder

    def embed(self, ids: Tensor) -> Tensor:
        """Turn token ids (batch, tokens) into the input of the first layer."""
        first = 2 if self.mpnet else 0
        places = self.places.weight[first : first + ids.shape[1]]
        return self.dropout(self.norm(self.words(ids) + places))

    def bias(self, tokens: int, mask: Tensor | None) -> Tensor | None:
        """What is added to attention scores: relative places, and minus much on padding."""
        bias = None
        if self.distances is not None:
            bias = self.distances(relative_buckets(tokens)).permute(2, 0, 1)[None]
        if mask is not None:
            hidden = (1 - mask[:, None, None, :]) * -1e4
            bias = hidden if bias is None else bias + hidden
        return bias

    def forward(
        self,
        ids: Tensor,
        mask: Tensor | None = None,
        keep: Tensor | None = None,
        seen: list[Tensor] | None = None,
    ) -> Tensor:
        """Encode ids (batch, tokens); ``mask`` is 1 on tokens and 0 on padding."""
        return self.upper(self.embed(ids), mask, 0, keep, seen)

    def lower(self, ids: Tensor, mask: Tensor | None, split: int) -> Tensor:
        """Output of the first ``split`` layers, in evaluation mode and without gradient."""
        with torch.no_grad():
            bias = self.bias(ids.shape[1], mask)
            x = self.norm(self.words(ids) + self.places.weight[self._first(ids)])
            for layer in self.layers[:split]:
                x = layer(x, bias)
        return x

    def upper(
        self,
        x: Tensor,
        mask: Tensor | None,
        split: int,
        keep: Tensor | None = None,
        seen: list[Tensor] | None = None,
    ) -> Tensor:
        """The rest of the encoder on what `lower` gave; the last layer only for ``keep``."""
        bias = self.bias(x.shape[1], mask)
        for layer in self.layers[split:-1]:
            x = layer(x, bias, None, seen)
        return self.layers[-1](x, bias, keep, seen)

    def _first(self, ids: Tensor) -> Tensor:
        return torch.arange(ids.shape[1]) + (2 if self.mpnet else 0)


def base_weights(base: dict[str, Tensor], encoder: Encoder) -> dict[str, Tensor]:
    """Rename the tensors of a BERT or MPNet checkpoint to those of `Encoder`."""
    base = {name.removeprefix("bert.").removeprefix("mpnet."): v for name, v in base.items()}
    mpnet = encoder.mpnet
    out = {
        "words.weight": base["embeddings.word_embeddings.weight"],
        "places.weight": base["embeddings.position_embeddings.weight"],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    if mpnet:
        out["distances.weight"] = base["encoder.relative_attention_bias.weight"]
    else:
        out["places.weight"] = (
            out["places.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        )
    parts = ("q", "k", "v") if mpnet else ("query", "key", "value")
    attention = "attention.attn." if mpnet else "attention.self."
    names = {
        "out": "attention.attn.o" if mpnet else "attention.output.dense",
        "norm1": "attention.LayerNorm" if mpnet else "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for n in range(len(encoder.layers)):
        there = f"encoder.layer.{n}."
        for kind in ("weight", "bias"):
            out[f"layers.{n}.qkv.{kind}"] = torch.cat(
                [base[f"{there}{attention}{part}.{kind}"] for part in parts]
            )
            for ours, theirs in names.items():
                out[f"layers.{n}.{ours}.{kind}"] = base[f"{there}{theirs}.{kind}"]
    return out


#: Where each relation of a pair stands when its two actors change places.
MIRROR = (0, 2, 1, 4, 3)


class SpanClassifier(nn.Module):
    """Classify a text by its first token and the means of one or two marked spans.

    Two spans are read in both orders and the answers averaged, so that exchanging them
    exchanges the directions of the relation (`MIRROR`) and nothing else.
    """

    def __init__(self, encoder: Encoder, spans: int, labels: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear((1 + spans) * encoder.width, labels)

    def pool(self, x: Tensor, spans: Tensor) -> Tensor:
        """Logits from hidden states (batch, kept, width) and span weights.

        ``spans`` (batch, spans, kept) sums to 1 over the tokens of each span.
        """
        first, marked = self.dropout(x[:, :1]), self.dropout(spans @ x)
        there = torch.cat([first, marked], dim=1).flatten(1)
        if spans.shape[1] == 1:
            return self.head(there)
        back = torch.cat([first, marked.flip(1)], dim=1).flatten(1)
        forth, turned = self.head(torch.stack([there, back])).unbind(0)
        return (forth + turned[:, MIRROR]) / 2

    def forward(self, ids: Tensor, keep: Tensor, spans: Tensor, mask: Tensor | None) -> Tensor:
        """Logits (batch, labels); ``keep`` (batch, kept, tokens) selects first token and spans."""
        return self.pool(self.encoder(ids, mask, keep), spans)


def network(run: Path, base: Path, layers: int | None, spans: int, labels: int) -> SpanClassifier:
    """The best weights of a run."""
    model = SpanClassifier(Encoder.load(base, layers), spans, labels)
    model.load_state_dict(torch.load(run / "best.pt"))
    return model.eval()
