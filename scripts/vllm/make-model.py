"""Writes the tiny model the vLLM checks serve: a Qwen3 with random weights, and a tokenizer trained here and now.

Usage: make-model.py FOLDER. Nothing is fetched. What it says is noise, so the checks look at the protocol and force the words they need.
"""

import json
import sys
from pathlib import Path

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

# The words of Qwen3's own tokenizer that its template and vLLM's parsers look for. As there, only those of the turn are "special": the
# others must survive `skip_special_tokens`, or no parser would ever see them.
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
PLAIN = ["<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<think>", "</think>"]

WINDOW = 4096

# Shaped like Qwen3's: the tools in the system turn, results in a user turn. `enable_thinking` decides how the answer begins: false puts an
# empty thought into the prompt, as Qwen3 does; true opens one there, as Qwen3.5 does; left out, the model has to open it itself.
TEMPLATE = """\
{%- if tools %}{{- '<|im_start|>system\\n' }}
{%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}
{{- '# Tools\\n\\n<tools>' }}{%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}{{- '\\n</tools><|im_end|>\\n' }}
{%- elif messages[0].role == 'system' %}{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}{%- endif %}
{%- for message in messages %}
{%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- elif message.role == 'assistant' %}{{- '<|im_start|>assistant\\n' }}
{%- if message.reasoning %}{{- '<think>\\n' + message.reasoning + '\\n</think>\\n\\n' }}{%- endif %}
{%- if message.content %}{{- message.content }}{%- endif %}
{%- for call in message.tool_calls or [] %}
{{- '\\n<tool_call>\\n' }}{{- {'name': call.function.name, 'arguments': call.function.arguments} | tojson }}{{- '\\n</tool_call>' }}
{%- endfor %}{{- '<|im_end|>\\n' }}
{%- elif message.role == 'tool' %}
{{- '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}
{%- if enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- elif enable_thinking is true %}{{- '<think>\\n' }}{%- endif %}
{%- endif %}"""

CORPUS = [
    "The quick brown fox jumps over the lazy dog, and the dog does not mind.",
    "A report names its sources; every sentence of it can be traced to a passage that was read.",
    'Tools are called with JSON: {"name": "search", "arguments": {"query": "the height of the tower"}}.',
    "Zwei Kerne, kein Netz und ein Modell ohne Verstand: mehr braucht diese Prüfung nicht.",
    "0 1 2 3 4 5 6 7 8 9 10 100 1000 2024 2025 2026; one two three four five six seven eight nine ten.",
]


def train_tokenizer() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=SPECIAL, show_progress=False
    )
    tokenizer.train_from_iterator(CORPUS * 4, trainer)
    tokenizer.add_tokens([AddedToken(word, special=False, normalized=False) for word in PLAIN])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        additional_special_tokens=["<|im_start|>"],
        clean_up_tokenization_spaces=False,
        model_max_length=WINDOW,
    )


def main(folder: Path) -> None:
    torch.manual_seed(0)
    tokenizer = train_tokenizer()
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    # 64 is a head size that vLLM's CPU attention has. The layers make it slow enough, about a hundred words a second: were it as small as it
    # gets, two streams would keep vLLM's web server so busy on two cores that it answers nobody else until they have ended.
    config = Qwen3Config(
        vocab_size=len(tokenizer),
        hidden_size=128,
        intermediate_size=128,
        num_hidden_layers=24,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=64,
        max_position_embeddings=WINDOW,
        eos_token_id=end,
        pad_token_id=tokenizer.pad_token_id,
        dtype="float32",
    )
    model = Qwen3ForCausalLM(config)
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder, safe_serialization=True)
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    # Named explicitly: vLLM takes its sampling defaults and the end of a turn from here.
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": [end], "pad_token_id": tokenizer.pad_token_id}))
    print(f"{sum(parameter.numel() for parameter in model.parameters())} parameters, {len(tokenizer)} words of vocabulary")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
