#include "core/network/unet/unet.h"

namespace embellie {

namespace {

/// Lines of a function's body.
class Body {
public:
    explicit Body(const std::string& head) : m_text(head + "\n") {}
    void line(const std::string& words) { m_text += "    " + words + "\n"; }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string member(const std::string& stage, std::int64_t index) {
    return "getattr(" + stage + ", \"" + number(index) + "\")";
}

/// One convolution of a pair, with what learn.cpp puts around it.
void convolution(Body& body, const std::string& place, int channels, const Settings& settings) {
    const bool circular = settings.boolean("unet.circular");
    const std::string& kind = settings.string("unet.normalisation");
    if (circular)
        body.line("x = torch.cat([x.narrow(2, x.size(2) - 1, 1), x, x.narrow(2, 0, 1)], 2)");
    body.line("x = torch.conv2d(x, " + place + ".conv.weight, " +
              (kind == "none" ? place + ".conv.bias" : "None") + ", [1, 1], [" + (circular ? "0" : "1") +
              ", 1])");
    const std::string norm = place + ".norm.";
    if (kind == "batch")
        body.line("x = torch.batch_norm(x, " + norm + "weight, " + norm + "bias, " + norm + "running_mean, " +
                  norm + "running_var, self.training, 0.1, 0.00001, True)");
    if (kind == "group") {
        int groups = std::min(8, channels);
        while (channels % groups != 0)
            --groups;
        body.line("x = torch.group_norm(x, " + number(groups) + ", " + norm + "weight, " + norm +
                  "bias, 0.00001)");
    }
    body.line("x = torch.relu(x)");
}

void pair(Body& body, const std::string& stage, int channels, const Settings& settings) {
    for (std::int64_t i = 0; i < 2; ++i)
        convolution(body, member("self." + stage, i), channels, settings);
}

} // namespace

std::string unetScript(const Settings& settings, const NetworkShape& shape) {
    const std::vector<int> widths = unetWidths(settings);
    const std::string multiple = number(std::int64_t(1) << (widths.size() - 1));
    Body body("def forward(self, input: Tensor) -> List[Tensor]:");
    body.line("rows = input.size(2)");
    body.line("columns = input.size(3)");
    body.line("more_rows = (" + multiple + " - rows % " + multiple + ") % " + multiple);
    body.line("more_columns = (" + multiple + " - columns % " + multiple + ") % " + multiple);
    body.line("before = more_rows // 2");
    body.line("x = input");
    if (settings.boolean("unet.circular")) {
        body.line("order = torch.arange(-before, rows + more_rows - before, device=x.device)");
        body.line("x = x.index_select(2, torch.remainder(order, rows))");
        body.line("x = torch.constant_pad_nd(x, [0, more_columns])");
    } else {
        body.line("x = torch.constant_pad_nd(x, [0, more_columns, before, more_rows - before])");
    }
    for (std::size_t stage = 0; stage < widths.size(); ++stage) {
        if (stage > 0)
            body.line("x = torch.max_pool2d(x, [2, 2])");
        pair(body, "down" + std::to_string(stage), widths[stage], settings);
        if (stage + 1 < widths.size())
            body.line("skip" + std::to_string(stage) + " = x");
    }
    if (const double dropout = settings.real("unet.dropout"); dropout > 0)
        body.line("x = torch.feature_dropout(x, " + numberText(dropout) + ", self.training)");
    for (std::size_t stage = widths.size() - 1; stage-- > 0;) {
        const std::string level = std::to_string(stage), lift = "self.lift" + level;
        body.line("x = torch.conv2d(x, " + lift + ".weight, " + lift + ".bias)");
        body.line("x = torch.cat([skip" + level + ", torch.upsample_nearest2d(x, None, [2.0, 2.0])], 1)");
        pair(body, "up" + level, widths[stage], settings);
    }
    std::string answers;
    for (std::size_t head = 0; head < shape.headChannels.size(); ++head) {
        const std::string name = "self.head" + std::to_string(head);
        answers += (head > 0 ? ", " : "") + ("torch.conv2d(x, " + name + ".weight, " + name + ".bias)") +
                   ".narrow(2, before, rows).narrow(3, 0, columns)";
    }
    body.line("return [" + answers + "]");
    return body.text();
}

} // namespace embellie
