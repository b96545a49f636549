// A stand-in for a CUDA device, for machines that have none: LibTorch finds one GPU in a program
// into which this library is preloaded, and `--device cuda` takes the very way that it takes on a
// real one. Its memory lies at addresses that no processor can follow, so whoever reads a tensor of
// the device through a plain pointer crashes; an operation on tensors of two devices is refused, as
// CUDA refuses it. Its arithmetic is the CPU's (every kernel copies, computes and copies back), so
// figures can be compared with those of the CPU. What it cannot show: CUDA's own kernels, their
// rounding, speed.
//
// For a LibTorch built without CUDA only: it registers itself in CUDA's place.

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/InferSize.h>
#include <ATen/TensorUtils.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/native/CPUFallback.h>
#include <c10/core/WrapDimMinimal.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>
#include <torch/torch.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace organum::test
{
namespace
{

const at::Device theDevice(at::kCUDA, 0);

// ---- Memory ----

/** The top 16 bits of an address: user space ends below them, so following it is a fault. */
constexpr std::uintptr_t offTheMap = 0x5A5A000000000000;

void* toDevice(void* host)
{
    return reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(host) ^ offTheMap);
}

void* toHost(void* device)
{
    return toDevice(device);
}

void release(void* device)
{
    if (device != nullptr)
        std::free(toHost(device));
}

struct StandInAllocator final : public at::Allocator
{
    at::DataPtr allocate(std::size_t bytes) const override
    {
        void* device = nullptr;
        if (bytes > 0) {
            auto* host = std::malloc(bytes);
            TORCH_CHECK(host != nullptr, "out of memory");
            device = toDevice(host);
        }
        return {device, device, &release, theDevice};
    }

    at::DeleterFnPtr raw_deleter() const override { return &release; }
};

StandInAllocator allocator;

/** The same elements, reachable by the processor. */
at::Tensor hostView(const at::Tensor& tensor)
{
    if (!tensor.is_cuda())
        return tensor;
    const auto options = at::TensorOptions().dtype(tensor.dtype()).device(at::kCPU);
    if (tensor.numel() == 0)
        return at::empty(tensor.sizes(), options);
    return at::from_blob(toHost(tensor.data_ptr()), tensor.sizes(), tensor.strides(), options);
}

// ---- What concerns memory and shape alone, and cannot be had from the CPU ----

at::Tensor madeOf(const at::Storage& storage, at::ScalarType type)
{
    return at::detail::make_tensor<at::TensorImpl>(at::Storage(storage),
                                                   c10::DispatchKeySet(c10::DispatchKey::CUDA),
                                                   c10::scalarTypeToTypeMeta(type));
}

at::Tensor emptyStrided(at::IntArrayRef size, at::IntArrayRef stride,
                        c10::optional<at::ScalarType> type, c10::optional<at::Layout>,
                        c10::optional<at::Device>, c10::optional<bool>)
{
    const auto scalar = type.value_or(at::typeMetaToScalarType(at::get_default_dtype()));
    std::size_t extent = 1;
    for (std::size_t i = 0; i < size.size(); ++i) {
        if (size[i] == 0)
            extent = 0;
        if (extent > 0)
            extent += static_cast<std::size_t>((size[i] - 1) * stride[i]);
    }
    const auto bytes = extent * c10::elementSize(scalar);
    const at::Storage storage(c10::make_intrusive<c10::StorageImpl>(
        c10::StorageImpl::use_byte_size_t(), bytes, allocator.allocate(bytes), &allocator, true));
    auto tensor = madeOf(storage, scalar);
    tensor.unsafeGetTensorImpl()->set_sizes_and_strides(size, stride);
    return tensor;
}

at::Tensor emptyMemoryFormat(at::IntArrayRef size, c10::optional<at::ScalarType> type,
                             c10::optional<at::Layout> layout, c10::optional<at::Device> device,
                             c10::optional<bool> pinned, c10::optional<at::MemoryFormat> format)
{
    const auto strides = at::empty(size, at::TensorOptions().device(at::kMeta), format).strides();
    return emptyStrided(size, std::vector<std::int64_t>(strides.begin(), strides.end()), type,
                        layout, device, pinned);
}

at::Tensor asStrided(const at::Tensor& self, at::IntArrayRef size, at::IntArrayRef stride,
                     c10::optional<std::int64_t> offset)
{
    auto tensor = madeOf(self.storage(), self.scalar_type());
    tensor.unsafeGetTensorImpl()->set_storage_offset(offset.value_or(self.storage_offset()));
    tensor.unsafeGetTensorImpl()->set_sizes_and_strides(size, stride);
    return tensor;
}

at::Tensor view(const at::Tensor& self, at::IntArrayRef size)
{
    const auto whole = at::infer_size_dv(size, self.numel());
    const auto stride = at::detail::computeStride(self.sizes(), self.strides(), whole);
    TORCH_CHECK(stride.has_value(), "view size is not compatible with input tensor's stride");
    return asStrided(self, whole, *stride, c10::nullopt);
}

at::Tensor reshapeAlias(const at::Tensor& self, at::IntArrayRef size, at::IntArrayRef stride)
{
    return asStrided(self, size, stride, c10::nullopt);
}

at::Tensor unfold(const at::Tensor& self, std::int64_t dimension, std::int64_t size,
                  std::int64_t step)
{
    const auto along = static_cast<std::size_t>(at::maybe_wrap_dim(dimension, self.dim()));
    auto sizes = self.sizes().vec();
    auto strides = self.strides().vec();
    sizes.push_back(size);
    strides.push_back(strides[along]);
    sizes[along] = (sizes[along] - size) / step + 1;
    strides[along] *= step;
    return asStrided(self, sizes, strides, c10::nullopt);
}

const at::Tensor& resize(const at::Tensor& self, at::IntArrayRef size,
                         c10::optional<at::MemoryFormat>)
{
    auto* impl = self.unsafeGetTensorImpl();
    impl->set_sizes_contiguous(size);
    const auto needed =
        static_cast<std::size_t>(self.storage_offset() + self.numel()) * self.dtype().itemsize();
    auto& storage = self.storage();
    if (storage.nbytes() < needed) {
        auto fresh = allocator.allocate(needed);
        if (storage.nbytes() > 0)
            std::memcpy(toHost(fresh.get()), toHost(storage.data_ptr().get()), storage.nbytes());
        storage.set_data_ptr(std::move(fresh));
        storage.set_nbytes(needed);
    }
    return self;
}

at::Tensor& setStorage(at::Tensor& self, at::Storage source, std::int64_t offset,
                       at::IntArrayRef size, at::IntArrayRef stride)
{
    auto* impl = self.unsafeGetTensorImpl();
    impl->set_storage_keep_dtype(std::move(source));
    impl->set_storage_offset(offset);
    if (stride.empty())
        impl->set_sizes_contiguous(size);
    else
        impl->set_sizes_and_strides(size, stride);
    return self;
}

at::Tensor& copy(at::Tensor& self, const at::Tensor& source, bool)
{
    hostView(self).copy_(hostView(source));
    return self;
}

at::Tensor copyFrom(const at::Tensor& source, const at::Tensor& destination, bool)
{
    hostView(destination).copy_(hostView(source));
    return destination;
}

at::Tensor copyFromAndResize(const at::Tensor& source, const at::Tensor& destination)
{
    if (source.sizes() != destination.sizes())
        destination.resize_(source.sizes());
    hostView(destination).copy_(hostView(source));
    return destination;
}

// ---- Arithmetic ----

/** Computes on the CPU, after the check that CUDA's kernels make: one device for all tensors but
    single numbers and indices. */
void compute(const c10::OperatorHandle& operation, torch::jit::Stack* stack)
{
    const auto& name = operation.schema().name();
    auto onDevice = false;
    auto onCpu = false;
    const auto look = [&](const at::Tensor& tensor) {
        if (!tensor.defined())
            return;
        onDevice = onDevice || tensor.is_cuda();
        onCpu = onCpu || (!tensor.is_cuda() && tensor.dim() > 0);
    };
    const auto count = operation.schema().arguments().size();
    for (auto at = stack->size() - count; at < stack->size(); ++at) {
        auto& argument = (*stack)[at];
        if (argument.isTensor())
            look(argument.toTensor());
        else if (argument.isTensorList())
            for (const at::Tensor& tensor : argument.toTensorVector())
                look(tensor);
        else if (argument.isOptionalTensorList()) { // indices: LibTorch's fallback knows no such
            c10::List<c10::optional<at::Tensor>> indices;
            for (const c10::optional<at::Tensor> index : argument.toOptionalTensorList())
                indices.push_back(index ? c10::make_optional(index->cpu()) : c10::nullopt);
            argument = indices;
        }
    }
    TORCH_CHECK(!(onDevice && onCpu),
                "Expected all tensors to be on the same device, but found at least two devices, "
                "cuda:0 and cpu! (",
                name, ")");
    at::native::cpu_fallback(operation, stack);
}

/** As on the CPU, and the running statistics [C] are written back: the operation changes them
    without saying so in its signature. */
std::tuple<at::Tensor, at::Tensor, at::Tensor>
batchNorm(const at::Tensor& input, const c10::optional<at::Tensor>& weight,
          const c10::optional<at::Tensor>& bias, const c10::optional<at::Tensor>& mean,
          const c10::optional<at::Tensor>& variance, bool training, double momentum, double epsilon)
{
    const auto reachable = [](const c10::optional<at::Tensor>& tensor) {
        const auto given = tensor.has_value() && tensor->defined();
        TORCH_CHECK(!given || tensor->is_cuda(), "a batch norm is on the CPU, its input is not");
        return given ? c10::optional<at::Tensor>(hostView(*tensor)) : c10::nullopt;
    };
    const auto [output, saved, inverse] =
        at::native_batch_norm(hostView(input), reachable(weight), reachable(bias), reachable(mean),
                              reachable(variance), training, momentum, epsilon);
    return {output.to(theDevice), saved.to(theDevice), inverse.to(theDevice)};
}

/** A step of an LSTM from the sums of its gates [B, 4 H]; CUDA has a kernel of its own for it and
   the CPU has none. Returns the output, the cell's new state and the gates [B, 4 H], activated. */
std::tuple<at::Tensor, at::Tensor, at::Tensor>
lstmCell(const at::Tensor& fromInput, const at::Tensor& fromHidden, const at::Tensor& cell,
         const c10::optional<at::Tensor>& inputBias, const c10::optional<at::Tensor>& hiddenBias)
{
    auto sums = fromInput.cpu() + fromHidden.cpu();
    for (const auto* bias : {&inputBias, &hiddenBias})
        if (bias->has_value() && (*bias)->defined())
            sums += (*bias)->cpu();
    const auto part = sums.chunk(4, 1);
    const auto in = part[0].sigmoid();
    const auto forget = part[1].sigmoid();
    const auto candidate = part[2].tanh();
    const auto out = part[3].sigmoid();
    const auto next = forget * cell.cpu() + in * candidate;
    return {(out * next.tanh()).to(theDevice), next.to(theDevice),
            at::cat({in, forget, candidate, out}, 1).to(theDevice)};
}

/** Gradients for the sums of the gates, the cell's state and the bias. */
std::tuple<at::Tensor, at::Tensor, at::Tensor>
lstmCellBackward(const c10::optional<at::Tensor>& ofOutput, const c10::optional<at::Tensor>& ofNext,
                 const at::Tensor& cell, const at::Tensor& next, const at::Tensor& gates,
                 bool hasBias)
{
    const auto orZeros = [&](const c10::optional<at::Tensor>& gradient) {
        const auto given = gradient.has_value() && gradient->defined();
        return given ? gradient->cpu() : at::zeros_like(next.cpu());
    };
    const auto gate = gates.cpu().chunk(4, 1);
    const auto& in = gate[0];
    const auto& forget = gate[1];
    const auto& candidate = gate[2];
    const auto& out = gate[3];
    const auto squashed = next.cpu().tanh();
    const auto output = orZeros(ofOutput);
    const auto state = output * out * (1 - squashed.square()) + orZeros(ofNext);
    const auto sums =
        at::cat({state * candidate * in * (1 - in), state * cell.cpu() * forget * (1 - forget),
                 state * in * (1 - candidate.square()), output * squashed * out * (1 - out)},
                1);
    return {sums.to(theDevice), (state * forget).to(theDevice),
            hasBias ? sums.sum(0).to(theDevice) : at::Tensor()};
}

// ---- What LibTorch asks of a device ----

struct StandInGuard final : public c10::impl::DeviceGuardImplInterface
{
    at::DeviceType type() const override { return at::kCUDA; }
    at::Device exchangeDevice(at::Device) const override { return theDevice; }
    at::Device getDevice() const override { return theDevice; }
    void setDevice(at::Device) const override {}
    void uncheckedSetDevice(at::Device) const noexcept override {}
    c10::Stream getStream(at::Device) const noexcept override { return stream(); }
    c10::Stream getDefaultStream(at::Device) const override { return stream(); }
    c10::Stream exchangeStream(c10::Stream) const noexcept override { return stream(); }
    at::DeviceIndex deviceCount() const noexcept override { return 1; }
    bool queryStream(const c10::Stream&) const override { return true; }
    void synchronizeStream(const c10::Stream&) const override {}

private:
    static c10::Stream stream() { return c10::Stream(c10::Stream::DEFAULT, theDevice); }
};

C10_REGISTER_GUARD_IMPL(CUDA, StandInGuard)

} // namespace

struct StandInHooks final : public at::CUDAHooksInterface
{
    explicit StandInHooks(at::CUDAHooksArgs) {}
    void initCUDA() const override {}
    bool hasCUDA() const override { return true; }
    int getNumGPUs() const override { return 1; }
    bool hasPrimaryContext(std::int64_t) const override { return true; }
    std::int64_t current_device() const override { return 0; }
    at::Allocator* getCUDADeviceAllocator() const override { return &allocator; }
    void deviceSynchronize(std::int64_t) const override {}
    const at::Generator& getDefaultCUDAGenerator(at::DeviceIndex) const override
    {
        // Kernels draw from the CPU's generator; this one is only seeded.
        static const auto generator = at::make_generator<at::CPUGeneratorImpl>();
        return generator;
    }
};

} // namespace organum::test

namespace at
{
C10_REGISTER_CLASS(CUDAHooksRegistry, CUDAHooks, organum::test::StandInHooks)
} // namespace at

TORCH_LIBRARY_IMPL(_, CUDA, library)
{
    library.fallback(torch::CppFunction::makeFromBoxedFunction<&organum::test::compute>());
}

TORCH_LIBRARY_IMPL(aten, CUDA, library)
{
    using namespace organum::test;
    library.impl("empty.memory_format", &emptyMemoryFormat);
    library.impl("empty_strided", &emptyStrided);
    library.impl("as_strided", &asStrided);
    library.impl("view", &view);
    library.impl("_reshape_alias", &reshapeAlias);
    library.impl("unfold", &unfold);
    library.impl("resize_", &resize);
    library.impl("set_.source_Storage_storage_offset", &setStorage);
    library.impl("copy_", &copy);
    library.impl("_copy_from", &copyFrom);
    library.impl("_copy_from_and_resize", &copyFromAndResize);
    library.impl("native_batch_norm", &batchNorm);
    library.impl("_thnn_fused_lstm_cell", &lstmCell);
    library.impl("_thnn_fused_lstm_cell_backward_impl", &lstmCellBackward);
    // Composite operations whose parts are found by device, not by dispatch.
    for (const auto* name : {"convolution", "convolution_backward"})
        library.impl(name, torch::CppFunction::makeFromBoxedFunction<&compute>());
}
